/** Tempest's limit (PEP 8), which its hacking checks hold. */
const MAX_COLUMNS = 79;

/**
 * A `# noqa` comment with its reason behind it. A line that the reason makes too long gets `E501` too.
 * @param newText the comment as the server writes it, with the blanks before it
 * @param before length of the line without the comment
 */
export function addReason(newText: string, reason: string, before: number): string {
  const words = reason.replace(/\s+/g, ' ').trim();
  // What looks like one more code has to be told apart.
  const separator = /^[A-Z]+[0-9]/i.test(words) ? ': ' : ' ';
  const comment = words === '' ? newText : `${newText}${separator}${words}`;
  const isTooLong = before <= MAX_COLUMNS && before + comment.length > MAX_COLUMNS;
  return isTooLong && !comment.includes('E501') ? comment.replace('# noqa: ', '# noqa: E501,') : comment;
}
