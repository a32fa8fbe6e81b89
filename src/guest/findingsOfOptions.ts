import type { EvaluatedText } from '../model/commandText';
import type { Expr, ModuleFacts, Stmt } from '../model/facts';
import type { Finding } from '../model/finding';
import type { GuestRule } from './catalogue/guestRule';
import { findGuestRule } from './catalogue/rules';
import { matchCirrosName } from './matchRules';

type Call = Extract<Expr, { k: 'call' }>;
type Text = Extract<Expr, { k: 'str' }>;

/** Constructors of oslo.config's options whose default may be text. */
const OPTION_TYPES: ReadonlySet<string> = new Set(['StrOpt', 'URIOpt', 'ListOpt', 'DictOpt', 'Opt']);

/**
 * Configuration options whose default names a guest: CirrOS (IL215), or a shell prologue that not every shell takes
 * (IL118). Read from the module's top level, where options are declared.
 */
export function findingsOfOptions(facts: ModuleFacts): Finding[] {
  return facts.body.flatMap((statement) =>
    optionCalls(statement).flatMap((call) => findingsOfDefault(call, facts.uri)),
  );
}

function optionCalls(statement: Stmt): Call[] {
  if (statement.k !== 'assign' && statement.k !== 'expr') return [];
  const value = statement.k === 'assign' ? statement.value : statement.x;
  const items = value.k === 'list' || value.k === 'tuple' ? value.items : [value];
  return items.filter((item): item is Call => item.k === 'call' && OPTION_TYPES.has(calleeName(item)));
}

function calleeName(call: Call): string {
  return call.fn.k === 'attr' ? call.fn.attr : call.fn.k === 'name' ? call.fn.id : '';
}

function findingsOfDefault(call: Call, uri: string): Finding[] {
  const option = call.args[0];
  const value = call.kw.find((keyword) => keyword.name === 'default')?.value;
  if (value === undefined) return [];
  const texts = value.k === 'list' ? value.items : [value];
  return texts.flatMap((text) =>
    text.k === 'str' ? findingsOfText(text, uri, option?.k === 'str' ? option.v : '') : [],
  );
}

function findingsOfText(text: Text, uri: string, option: string): Finding[] {
  const findings: Finding[] = [];
  const cirros = matchCirrosName(evaluate(text, uri)).matches[0];
  if (cirros !== undefined) findings.push(makeFinding('IL215', cirros.subject, text, uri));
  if (option === 'ssh_shell_prologue' && text.v.includes('pipefail'))
    findings.push(makeFinding('IL118', 'pipefail', text, uri));
  return findings;
}

function evaluate(text: Text, uri: string): EvaluatedText {
  return [{ kind: 'literal', text: text.v, uri, segments: [] }];
}

function makeFinding(id: string, subject: string, text: Text, uri: string): Finding {
  const rule: GuestRule | undefined = findGuestRule(id);
  return {
    uri,
    range: { start: text.s, end: text.e },
    rule: id,
    severity: rule?.severity ?? 'info',
    confidence: 'certain',
    message: (rule?.message ?? '{subject}').replace('{subject}', () => subject),
    related: [],
    fixes: [],
    suppressed: false,
    suppressionReason: null,
    flows: [],
  };
}
