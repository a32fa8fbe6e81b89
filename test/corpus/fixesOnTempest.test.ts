import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fg from 'fast-glob';
import type { Parser } from 'web-tree-sitter';
import { findNodePath, walkNodes, type SyntaxNode } from '../../src/fixes/findNode';
import { fixesFor } from '../../src/fixes/fixesFor';
import { matchCommand, matchDeviceName } from '../../src/guest/matchRules';
import type { ModuleFacts } from '../../src/model/facts';
import type { Finding } from '../../src/model/finding';
import type { RuleMatch } from '../../src/model/guestSite';
import type { TextEdit } from '../../src/model/text';
import { readPython } from '../../src/syntax/readPython';
import { parseShell } from '../../src/syntax/shell';
import { loadTestGrammars } from '../support/loadTestGrammars';

const CORPUS = path.join(__dirname, '../../.cache/corpus');

type Text = Extract<SyntaxNode, { k: 'str' }>;

/**
 * Every fix that is offered for a literal of real test code is applied: the file must parse as before, and what stands
 * outside the edit must be untouched. Literals are taken for commands where they are arguments of a guest command.
 */
describe('fixes on real test code', function () {
  this.timeout(120_000);
  let python: Parser;
  let shell: Parser;
  before(async function () {
    if (!existsSync(CORPUS)) {
      console.log('    skipped: .cache/corpus is missing (npm run corpus fetches it)');
      this.skip();
    }
    const grammars = await loadTestGrammars();
    python = grammars.newParser('python');
    shell = grammars.newParser('bash');
  });

  it('keep every file parsing', () => {
    const applied = new Map<string, number>();
    for (const file of findFiles()) {
      const text = readFileSync(file, 'utf8');
      const facts = readPython(file, text, '', python);
      for (const finding of findingsIn(facts, shell)) {
        for (const fix of fixesFor(finding, { text: () => text, facts: () => facts })) {
          const result = applyEdits(text, fix.edits);
          const after = readPython(file, result, '', python);
          assert.equal(after.errors.length, facts.errors.length, `${fix.title}: ${file}:${finding.range.start}`);
          assert.equal(after.functions.length, facts.functions.length, fix.title);
          if (fix.title.startsWith('Suppress')) checkSuppressed(finding, facts, after);
          const title = fix.title.replace(/ in \S+$| IL\d+/, '');
          applied.set(title, (applied.get(title) ?? 0) + 1);
        }
      }
    }
    for (const [title, count] of [...applied].sort()) console.log(`      ${count} × ${title}`);
    assert.ok((applied.get('Use `uname -n`, which POSIX has') ?? 0) >= 2);
    assert.ok((applied.get('Ask `getconf _NPROCESSORS_ONLN`') ?? 0) >= 1);
    assert.ok((applied.get('Drop the device name: Nova chooses one') ?? 0) >= 1);
  });
});

function findFiles(): string[] {
  return fg
    .sync('**/*.py', { cwd: CORPUS, absolute: true, ignore: ['**/tempest/tests/**'] })
    .filter((file) => /exec_command|device=/.test(readFileSync(file, 'utf8')))
    .sort();
}

/** Matches of literals in the arguments of `exec_command(…)` and of `device=…`. */
function findingsIn(facts: ModuleFacts, shell: Parser): Finding[] {
  const findings: Finding[] = [];
  for (const node of walkNodes(facts.functions.flatMap((fn) => fn.body))) {
    if (node.k !== 'call') continue;
    const device = node.kw.find((keyword) => keyword.name === 'device')?.value;
    if (device?.k === 'str') findings.push(...toFindings(matchDeviceName([literalOf(device, facts.uri)]).matches));
    if (node.fn.k !== 'attr' || node.fn.attr !== 'exec_command') continue;
    for (const text of walkNodes(node.args)) {
      if (text.k === 'str')
        findings.push(...toFindings(matchCommand(parseShell([literalOf(text, facts.uri)], shell)).matches));
    }
  }
  return findings;
}

function literalOf(node: Text, uri: string): Parameters<typeof parseShell>[0][number] {
  const segments = [];
  for (let i = 0; i + 3 < node.segments.length; i += 4) {
    const [textStart = 0, textEnd = 0, sourceStart = 0, sourceEnd = 0] = node.segments.slice(i, i + 4);
    segments.push({ textStart, textEnd, sourceStart, sourceEnd });
  }
  return { kind: 'literal', text: node.v, uri, segments };
}

function toFindings(matches: readonly RuleMatch[]): Finding[] {
  return matches.flatMap((match) => {
    const word = match.words[0];
    return word === undefined ? [] : [findingOf(match.rule, word.uri, word.range)];
  });
}

function findingOf(rule: string, uri: string, range: { readonly start: number; readonly end: number }): Finding {
  return {
    uri,
    range,
    rule,
    severity: 'info',
    confidence: 'certain',
    message: '',
    related: [],
    fixes: [],
    suppressed: false,
    suppressionReason: null,
    flows: [],
  };
}

/** The comment covers the finding's line and changes no string. */
function checkSuppressed(finding: Finding, before: ModuleFacts, after: ModuleFacts): void {
  const added = after.suppressions.filter((one) => one.codes.includes(finding.rule)).length;
  assert.ok(added > before.suppressions.filter((one) => one.codes.includes(finding.rule)).length);
  const literal = findNodePath(before, finding.range).nodes.find((node) => node.k === 'str');
  const same = findNodePath(after, finding.range).nodes.find((node) => node.k === 'str');
  assert.deepEqual(same?.k === 'str' ? same.v : null, literal?.k === 'str' ? literal.v : null);
}

function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.range.start - a.range.start)
    .reduce((result, { range, newText }) => result.slice(0, range.start) + newText + result.slice(range.end), text);
}
