import type { DocumentSymbol } from 'vscode-languageserver';
import { SymbolKind } from 'vscode-languageserver';
import type { IndexView } from '../../engine/indexView';
import { CAPABILITY_STATUSES, type Capability, type Guideline } from '../../model/guideline';
import type { TextRange } from '../../model/text';
import { toRange } from '../convert';
import { statusesOf } from '../locate';
import { describeFlag, describeStatuses } from '../present/entryText';
import { count } from '../present/markdown';
import { outlineProfile } from './profiles';

/** The outline of a cloud profile, or of a guideline: components with their lists, capabilities with their tests, designated sections by project. */
export function findSymbols(view: IndexView, uri: string): DocumentSymbol[] {
  const profile = view.profile(uri);
  if (profile) return outlineProfile(view, profile);
  const guideline = view.guideline(uri);
  if (!guideline) return [];
  const outline = new Outline(view, guideline);
  return [
    ...outline.group(
      'Components',
      guideline.components.map((component) => outline.component(component)),
    ),
    ...outline.group(
      'Capabilities',
      guideline.capabilities.map((capability) => outline.capability(capability)),
    ),
    ...outline.group(
      'Designated sections',
      guideline.designatedSections.map((block) => outline.designated(block)),
    ),
  ];
}

/** Makes symbols of one file; a group spans its children. */
class Outline {
  constructor(
    private readonly view: IndexView,
    private readonly guideline: Guideline,
  ) {}

  group(name: string, children: DocumentSymbol[]): DocumentSymbol[] {
    const [first] = children;
    if (!first) return [];
    const last = children.reduce(
      (end, child) => (isBehind(child.range.end, end) ? child.range.end : end),
      first.range.end,
    );
    const start = children.reduce(
      (at, child) => (isBehind(at, child.range.start) ? child.range.start : at),
      first.range.start,
    );
    const range = { start, end: last };
    return [
      {
        name,
        detail: String(children.length),
        kind: SymbolKind.Namespace,
        range,
        selectionRange: first.selectionRange,
        children,
      },
    ];
  }

  component({ name, capabilities }: Guideline['components'][number]): DocumentSymbol {
    const children = CAPABILITY_STATUSES.flatMap((status) => {
      const listed = capabilities[status].map((one) => this.symbol(one.value, '', SymbolKind.Interface, one.range));
      return this.group(status, listed);
    });
    const detail = CAPABILITY_STATUSES.filter((status) => capabilities[status].length > 0)
      .map((status) => `${capabilities[status].length} ${status}`)
      .join(', ');
    return this.holding(this.symbol(name.value, detail, SymbolKind.Module, name.range), children);
  }

  capability({ name, range, tests }: Capability): DocumentSymbol {
    const detail = describeStatuses(statusesOf(this.guideline, name.value));
    const children = tests.map((test) =>
      this.symbol(
        test.name.value,
        test.flag ? describeFlag(test.flag) : '',
        SymbolKind.Method,
        test.range,
        test.name.range,
      ),
    );
    return { ...this.symbol(name.value, detail, SymbolKind.Interface, range, name.range), children };
  }

  designated({ project, status, sections }: Guideline['designatedSections'][number]): DocumentSymbol {
    const children = sections.map(({ name, designated }) =>
      this.symbol(name.value, designated === true ? 'designated' : 'may be replaced', SymbolKind.Field, name.range),
    );
    const detail = `${status} · ${count(sections.length, 'section')}`;
    return this.holding(this.symbol(project.value, detail, SymbolKind.Package, project.range), children);
  }

  private symbol(name: string, detail: string, kind: SymbolKind, range: TextRange, at = range): DocumentSymbol {
    const { view, guideline } = this;
    const selectionRange = toRange(view, guideline.uri, at);
    return {
      name: name.trim() || '(no name)',
      detail,
      kind,
      range: toRange(view, guideline.uri, range),
      selectionRange,
    };
  }

  /** The symbol of a name, stretched over what stands under it. */
  private holding(symbol: DocumentSymbol, children: DocumentSymbol[]): DocumentSymbol {
    const end = children.reduce(
      (last, child) => (isBehind(child.range.end, last) ? child.range.end : last),
      symbol.range.end,
    );
    const start = children.reduce(
      (at, child) => (isBehind(at, child.range.start) ? child.range.start : at),
      symbol.range.start,
    );
    return { ...symbol, range: { start, end }, children };
  }
}

function isBehind(a: DocumentSymbol['range']['start'], b: DocumentSymbol['range']['start']): boolean {
  return a.line > b.line || (a.line === b.line && a.character > b.character);
}
