import type { Expr } from '../../model/facts';
import type { Project, ProjectClass, ProjectModule } from '../../project/project';

/**
 * Keys of what a result depends on, beside the keys of functions that were run: `<uri>#` for a module whose names or classes
 * were looked at, `?<dotted name>` for a module that was looked for in vain, `=<name>` for all functions of a name, wherever they stand.
 */
export function moduleKey(module: ProjectModule): string {
  return `${module.uri}#`;
}

/** A file that is no Python, whether it is there or not. */
export function dataKey(uri: string): string {
  return `${uri}#`;
}

export function missingKey(name: string): string {
  return `?${name}`;
}

/** All functions of this name in any module, those to come included; what they do has keys of its own. */
export function definitionKey(name: string): string {
  return `=${name}`;
}

/** True for the key of functions of a name of which one stands in the module. */
export function isDefined(key: string, module: ProjectModule): boolean {
  return key.startsWith('=') && module.facts.functions.some(({ name }) => name === key.slice(1));
}

/** True when a result that looked in vain for what the key names may be another one once a module of this name is there. */
export function isAwaited(key: string, module: string): boolean {
  if (!key.startsWith('?')) return false;
  const name = key.slice(1);
  return name === module || name.startsWith(`${module}.`) || module.startsWith(`${name}.`);
}

/** Everything that decides what a class is: the modules of its ancestors, and the bases that are not there. */
export function keysOfClass(project: Project, cls: ProjectClass): string[] {
  return project
    .orderOf(cls)
    .map((ancestor) => (typeof ancestor === 'string' ? missingKey(ancestor) : moduleKey(ancestor.module)));
}

/** Everything that decides what a name of a module stands for: the modules that it is imported through, and its class's ancestors. */
export function keysOfName(project: Project, module: ProjectModule, name: string): Set<string> {
  const keys = new Set<string>();
  const seen = new Set<string>();
  const visit = (at: ProjectModule, wanted: string): void => {
    const mark = `${at.uri} ${wanted}`;
    if (seen.has(mark)) return;
    seen.add(mark);
    keys.add(moduleKey(at));
    const bindings = at.scope.names.get(wanted);
    if (!bindings) for (const star of at.scope.stars) follow(star, wanted);
    for (const binding of bindings ?? []) if (binding.k === 'import') follow(binding.module, binding.attr);
  };
  const follow = (moduleName: string, attr: string | null): void => {
    const target = project.moduleNamed(moduleName);
    if (!target) keys.add(missingKey(attr === null ? moduleName : `${moduleName}.${attr}`));
    else if (attr === null) keys.add(moduleKey(target));
    else {
      visit(target, attr);
      if (target.scope.names.has(attr)) return;
      const child = project.moduleNamed(`${moduleName}.${attr}`);
      keys.add(child ? moduleKey(child) : missingKey(`${moduleName}.${attr}`));
    }
  };
  visit(module, name);
  for (const symbol of project.lookUp(module, name)) {
    if (symbol.k === 'class') for (const key of keysOfClass(project, symbol.cls)) keys.add(key);
    if (symbol.k === 'module') keys.add(moduleKey(symbol.module));
  }
  return keys;
}

/** The same for a dotted name seen from nowhere. */
export function keysOfDotted(project: Project, dotted: string): Set<string> {
  const segments = dotted.split('.');
  for (let cut = segments.length; cut > 0; cut--) {
    const module = project.moduleNamed(segments.slice(0, cut).join('.'));
    if (!module) continue;
    const [next] = segments.slice(cut);
    return next === undefined
      ? new Set([moduleKey(module)])
      : keysOfName(project, module, next).add(missingKey(dotted));
  }
  return new Set([missingKey(dotted)]);
}

/** Everything that decides what the decorators of a function or class are. */
export function keysOfDecorators(project: Project, module: ProjectModule, decorators: readonly Expr[]): Set<string> {
  const keys = new Set<string>();
  for (const decorator of decorators) {
    let root = decorator;
    while (root.k === 'call' || root.k === 'attr') root = root.k === 'call' ? root.fn : root.obj;
    if (root.k !== 'name') continue;
    for (const key of keysOfName(project, module, root.id)) keys.add(key);
    if (decorator.k !== 'name')
      for (const key of keysOfDotted(project, dottedName(project, module, decorator))) keys.add(key);
  }
  return keys;
}

/** The dotted name behind an expression as its module sees it (`utils.services(…)` → `tempest.common.utils.services`). */
function dottedName(project: Project, module: ProjectModule, expr: Expr): string {
  if (expr.k === 'call') return dottedName(project, module, expr.fn);
  if (expr.k === 'attr') return `${dottedName(project, module, expr.obj)}.${expr.attr}`;
  if (expr.k !== 'name') return '';
  const [binding] = module.scope.names.get(expr.id) ?? [];
  if (binding?.k !== 'import') return `${module.name}.${expr.id}`;
  return binding.attr === null ? binding.module : `${binding.module}.${binding.attr}`;
}
