const CHUNK = 0x8000;

/** Base64 of bytes, without Node's Buffer (both ends may run in a worker). */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = '';
  // In chunks: one call with all bytes as arguments overflows the stack.
  for (let i = 0; i < bytes.length; i += CHUNK) binary += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  return btoa(binary);
}

/** @throws DOMException (InvalidCharacterError) when the text is no base64. */
export function decodeBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
