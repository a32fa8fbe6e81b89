import type { ModuleFacts } from '../model/facts';

/** True when the module binds the name at its top level (import, assignment, def or class). */
export function bindsName(facts: ModuleFacts, name: string): boolean {
  return facts.body.some((statement) => {
    switch (statement.k) {
      case 'assign':
        return statement.targets.some((target) => target.k === 'name' && target.id === name);
      case 'import':
        return statement.names.some((one) => (one.as ?? one.name.split('.', 1)[0]) === name);
      case 'from':
        return statement.names.some((one) => (one.as ?? one.name) === name);
      case 'def':
        return facts.functions[statement.index]?.name === name;
      case 'class':
        return facts.classes[statement.index]?.name === name;
      default:
        return false;
    }
  });
}
