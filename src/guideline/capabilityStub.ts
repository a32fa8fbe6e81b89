/** A value of JSON, to be printed. */
export type StubValue = string | boolean | readonly StubValue[] | { readonly [key: string]: StubValue };

/** An empty capability with every key that its schema wants. */
export function makeCapabilityStub(schemaVersion: string): { readonly [key: string]: StubValue } {
  const common = { achievements: [], admin: false, description: '' };
  if (schemaVersion === '1.0') return { ...common, core: false, flagged: [], name: '', tests: [] };
  if (schemaVersion === '1.2')
    return { ...common, status: 'advisory', guidelines: [], project: '', flagged: [], name: '', tests: [] };
  const since = schemaVersion.startsWith('2') ? 'required_since' : 'required-since';
  return { ...common, project: '', [since]: '', tests: {} };
}
