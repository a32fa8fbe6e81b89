import type { TextRange } from '../../model/text';
import type { ProjectClass } from '../../project/project';
import { emitBoot } from './apiCalls';
import { keysOfClass, missingKey, moduleKey } from './dependencies';
import { newObject } from './heap';
import type { CallArguments, Frame, Machine } from './machine';
import { SERVER_WAITERS } from './sinks';
import { callTestMethod } from './testMethods';
import { UNKNOWN, type Alternative, type Value } from './values';

/** Tempest's base of all tests: its own fixture methods are the framework, which the lifecycle stands for. */
export const BASE_TEST = 'tempest.test.BaseTestCase';

const TEST_METHODS = new Set([
  'addCleanup',
  'addClassResourceCleanup',
  'addClassCleanup',
  'assertRaises',
  'assertRaisesRegex',
  'skipTest',
  'fail',
  'useFixture',
]);

/**
 * Calls of the project that are not to be run literally: Tempest's base class (credentials, networks and its guards against
 * misuse, which would end every fixture), waits for a server's status, the methods of unittest.
 * @returns null for any other function
 */
export function callFramework(
  m: Machine,
  target: Extract<Alternative, { k: 'fn' }>,
  args: CallArguments,
  frame: Frame,
  range: TextRange,
): Value | null {
  const { fn, owner } = target;
  const name = fn.facts.name;
  if (!owner && SERVER_WAITERS.has(`${fn.module.name}.${name}`)) {
    emitBoot(m, args, frame, range);
    return UNKNOWN;
  }
  if (!owner || !m.isTestClass(owner)) return null;
  if (TEST_METHODS.has(name)) return callTestMethod(m, name, args, frame, range);
  if (owner.fullName !== BASE_TEST) return null;
  return name === 'get_client_manager' ? (clientManager(m, receiverClass(target) ?? owner) ?? UNKNOWN) : UNKNOWN;
}

function receiverClass(target: Extract<Alternative, { k: 'fn' }>): ProjectClass | null {
  const [receiver] = target.self ?? [];
  return receiver?.k === 'class' ? receiver.cls : receiver?.k === 'obj' ? receiver.obj.cls : null;
}

/** `os_primary`, `os_admin`, `os`, … on a test class: a manager of service clients, of the class that the test names. */
export function clientManagerOf(m: Machine, cls: ProjectClass, name: string): Value | null {
  if (!/^(os|manager|os_[a-z0-9_]+|_os_[a-z0-9_]+)$/.test(name) || !m.isTestClass(cls)) return null;
  return clientManager(m, cls);
}

function clientManager(m: Machine, cls: ProjectClass): Value | null {
  const manager = findManagerClass(m, cls);
  m.dependOn(manager ? keysOfClass(m.project, manager) : [missingKey('tempest.clients')]);
  if (!manager) return null;
  const state = m.classState(manager);
  let shared = state.fields.get('#instance');
  if (!shared) {
    shared = [{ k: 'obj', obj: newObject('instance', manager) }];
    state.fields.set('#instance', shared);
  }
  return shared;
}

function findManagerClass(m: Machine, cls: ProjectClass): ProjectClass | null {
  const named = m.project.findMember(cls, 'client_manager');
  if (named?.binding.k === 'value') {
    const symbol = m.project.resolveExpr(named.owner.module, named.binding.expr).find((found) => found.k === 'class');
    if (symbol?.k === 'class') return symbol.cls;
  }
  return m.project.classNamed('tempest.clients.Manager') ?? null;
}

/** `manager.compute`, `manager.image_v2`: Tempest's service clients by package, registered at run time. */
export function restModuleOf(m: Machine, cls: ProjectClass, name: string): Value | null {
  if (!m.project.derivesFrom(cls, 'tempest.lib.services.clients.ServiceClients')) return null;
  const service = name.replace(/_v(\d)$/, '.v$1');
  return moduleValue(m, `tempest.lib.services.${service}`);
}

function moduleValue(m: Machine, name: string): Value | null {
  const module = m.project.moduleNamed(name);
  m.dependOn([module ? moduleKey(module) : missingKey(name)]);
  return module ? [{ k: 'module', module }] : null;
}
