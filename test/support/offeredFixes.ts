import assert from 'node:assert/strict';
import type { Parser } from 'web-tree-sitter';
import { explainRefusal, fixesFor } from '../../src/fixes/fixesFor';
import type { FixContext } from '../../src/fixes/fixContext';
import type { Finding, Fix, RelatedLocation } from '../../src/model/finding';
import { applyEdits, groupByFile } from '../../src/model/textEdits';
import { readPython } from '../../src/syntax/readPython';

export const TEST_URI = 'file:///tempest/test_x.py';

/** A finding on the stretch between `«` and `»` of a Python text, and what can be done about it. */
export class MarkedFinding {
  readonly text: string;
  readonly finding: Finding;
  private readonly context: FixContext;

  /**
   * @param flows for each path its first step, as words of the text
   * @param others texts of other files by dotted module name
   */
  constructor(
    private readonly parser: Parser,
    rule: string,
    marked: string,
    options: {
      flows?: readonly string[];
      others?: Readonly<Record<string, string>>;
      /** Methods that the class has from elsewhere, by name. */
      methods?: Readonly<Record<string, string>>;
      message?: string;
    } = {},
  ) {
    const start = marked.indexOf('«');
    this.text = marked.replace('«', '').replace('»', '');
    const flows = (options.flows ?? []).map((words): RelatedLocation[] => {
      const at = this.text.indexOf(words);
      assert.ok(at >= 0, `no "${words}" in the text`);
      return [{ uri: TEST_URI, range: { start: at, end: at + words.length }, message: '' }];
    });
    this.finding = {
      ...BLANK,
      rule,
      range: { start, end: marked.indexOf('»') - 1 },
      flows,
      message: options.message ?? '',
    };
    const others = options.others ?? {};
    const texts = new Map([
      [TEST_URI, this.text],
      ...Object.entries(others).map(([name, text]) => [uriOf(name), text] as const),
    ]);
    const facts = new Map([...texts].map(([uri, text]) => [uri, readPython(uri, text, '', parser)]));
    assert.deepEqual(facts.get(TEST_URI)?.errors, [], this.text);
    this.context = {
      text: (uri) => texts.get(uri),
      facts: (uri) => facts.get(uri),
      uriOfModule: (name) => (name in others ? uriOf(name) : undefined),
      findMethod: (_uri, _cls, method) => {
        const text = options.methods?.[method];
        return text === undefined ? undefined : readPython('file:///base.py', text, '', parser).functions[0];
      },
    };
  }

  get fixes(): Fix[] {
    return fixesFor(this.finding, this.context);
  }

  get refusal(): string | null {
    return explainRefusal(this.finding, this.context);
  }

  fix(id: string): Fix | undefined {
    return this.fixes.find((one) => one.id === id);
  }

  /** The file after the fix; null when it is not offered. The result must still parse, and no line may have become too long. */
  after(id: string): string | null {
    return this.allAfter(id)?.get(TEST_URI) ?? null;
  }

  /** Every file after the fix, by address. */
  allAfter(id: string): Map<string, string> | null {
    const fix = this.fix(id);
    if (fix === undefined) return null;
    const results = new Map<string, string>();
    for (const [uri, edits] of groupByFile(fix.edits)) {
      const before = this.context.text(uri) ?? '';
      const result = applyEdits(before, edits);
      assert.deepEqual(readPython(uri, result, '', this.parser).errors, [], result);
      const known = new Set(before.split(/\r?\n/));
      for (const line of result.split(/\r?\n/))
        assert.ok(line.length <= 79 || known.has(line) || line.includes('E501'), `too long: ${line}`);
      results.set(uri, result);
    }
    return results;
  }
}

export function uriOf(module: string): string {
  return `file:///${module.replaceAll('.', '/')}.py`;
}

const BLANK: Finding = {
  uri: TEST_URI,
  range: { start: 0, end: 0 },
  rule: '',
  severity: 'info',
  confidence: 'certain',
  message: '',
  related: [],
  fixes: [],
  suppressed: false,
  suppressionReason: null,
  flows: [],
};
