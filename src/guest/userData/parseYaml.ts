import { parseDocument, type Document } from 'yaml';
import { nestsTooDeep } from '../../syntax/yamlTokens';

/** A YAML or JSON text out of a test; null where it holds nothing, or nests as no person writes. Errors stay in the document. */
export function parseYaml(text: string): Document.Parsed | null {
  if (nestsTooDeep(text)) return null;
  const document = parseDocument(text, { logLevel: 'silent' });
  return document.contents === null ? null : document;
}
