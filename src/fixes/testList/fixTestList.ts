import { type ListedTests, printSuffix } from '../../guideline/testList/listedTests';
import { isLoadList } from '../../guideline/testList/lintTestList';
import type { Finding, Fix } from '../../model/finding';
import type { NamedTest, TestList, TestListEntry } from '../../model/testList';
import type { TextEdit } from '../../model/text';

/**
 * The ways out of a finding of a test list: its attributes as `stestr list` prints them (IL501, IL502), today's name
 * (IL504), the line without its twin (IL506), escaped brackets (IL509). The rest needs a reviewer.
 * @param text the current text of the list's file, which the list was read from
 */
export function fixTestList(finding: Finding, list: TestList, text: string, tests: ListedTests): Fix[] {
  const entry = list.entries.find(
    (one) => one.text.range.start <= finding.range.start && finding.range.start < one.text.range.end,
  );
  if (!entry) return [];
  const { named } = entry;
  switch (finding.rule) {
    case 'IL501':
    case 'IL502':
      return isLoadList(list) ? writeAttributes(list, entry, tests) : writeAllAttributes(finding, list, tests);
    case 'IL504':
      return named ? adoptName(list, named, tests) : [];
    case 'IL506':
      return [
        { title: 'Remove the line', safe: true, note: null, edits: [removeLine(list, text, entry.text.range.start)] },
      ];
    case 'IL509': {
      if (!named?.suffix) return [];
      const written = text.slice(named.suffix.start, named.suffix.end);
      const newText = `\\[${written.slice(1, -1)}\\]`;
      return [
        {
          title: 'Escape the brackets',
          safe: true,
          note: null,
          edits: [{ uri: list.uri, range: named.suffix, newText }],
        },
      ];
    }
    default:
      return [];
  }
}

function writeAttributes(list: TestList, { named }: TestListEntry, tests: ListedTests): Fix[] {
  const edit = named && editAttributes(list, named, tests);
  if (!edit) return [];
  return [{ title: `Write ${edit.newText || 'no attributes'}`, safe: true, note: null, edits: [edit] }];
}

/** What is told once of a list is mended in all of it; whether it should is for the reader to say. */
function writeAllAttributes({ rule }: Finding, list: TestList, tests: ListedTests): Fix[] {
  const edits = list.entries.flatMap(({ named }): TextEdit[] => {
    if (!named || (named.suffix === null) !== (rule === 'IL501')) return [];
    const edit = editAttributes(list, named, tests);
    return edit && !contradictsName(named, tests) ? [edit] : [];
  });
  const title =
    edits.length === 1 ? `Write ${edits[0]?.newText ?? ''}` : `Write the attributes of ${edits.length} tests`;
  return edits.length === 0 ? [] : [{ title, safe: false, note: 'As --load-list wants them.', edits }];
}

/** True when the line's id is of another test than its name: which of them is meant has to be settled first. */
function contradictsName({ id, name }: NamedTest, tests: ListedTests): boolean {
  return id !== null && tests.byName.get(name.value)?.ids.includes(id) === false;
}

function editAttributes({ uri }: TestList, named: NamedTest, tests: ListedTests): TextEdit | null {
  const test = tests.byName.get(named.name.value);
  if (!test) return null;
  const end = named.name.range.end;
  return { uri, range: named.suffix ?? { start: end, end }, newText: printSuffix(test) };
}

/** Name and attributes of today; a test that runs in several classes is a choice. */
function adoptName(list: TestList, named: NamedTest, tests: ListedTests): Fix[] {
  const owners = named.id === null ? [] : (tests.byId.get(named.id) ?? []);
  return owners.map((test): Fix => {
    const name = { uri: list.uri, range: named.name.range, newText: test.name };
    const suffix = named.suffix && { uri: list.uri, range: named.suffix, newText: printSuffix(test) };
    return {
      title: `Write ${test.name.split('.').slice(-2).join('.')}`,
      safe: owners.length === 1,
      note: null,
      edits: suffix ? [name, suffix] : [name],
    };
  });
}

/** With its line end, or with the one before it when it is the last line. */
function removeLine({ uri }: TestList, text: string, offset: number): TextEdit {
  let start = offset;
  while (start > 0 && !'\r\n'.includes(text.charAt(start - 1))) start--;
  let end = offset;
  while (end < text.length && !'\r\n'.includes(text.charAt(end))) end++;
  if (end < text.length) end += text.startsWith('\r\n', end) ? 2 : 1;
  else if (start > 0) start -= text.slice(0, start).endsWith('\r\n') ? 2 : 1;
  return { uri, range: { start, end }, newText: '' };
}
