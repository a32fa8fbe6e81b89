import type { Project, ProjectClass } from '../../project/project';
import { readItem, readSequence } from './containers';
import { definitionKey, keysOfClass, missingKey, moduleKey } from './dependencies';
import { newObject } from './heap';
import { NO_ARGUMENTS, type Frame, type Machine } from './machine';
import { constantText, joinAll, plainText, present, type Value } from './values';

/** The method by which a plugin tells Tempest of its clients of services. */
const REGISTRATION = 'get_service_clients';
const PLUGIN = 'tempest.test_discover.plugins.TempestPlugin';
const FACTORY = 'tempest.lib.services.clients.ClientsFactory';
/** Tempest's managers of clients, the second where its code is not in the workspace. */
const MANAGERS = ['tempest.lib.services.clients.ServiceClients', 'tempest.clients.Manager'];

const NO_RANGE = { start: 0, end: 0 };

/**
 * `manager.secret_v1`: what plugins have registered with Tempest under this name, a factory with a class for each client.
 * Source: tempest.lib.services.clients (`ClientsRegistry`, `ServiceClients.register_service_client_module`).
 * @returns null for a name that no plugin registers
 */
export function registeredClientsOf(m: Machine, cls: ProjectClass, name: string): Value | null {
  if (!MANAGERS.some((manager) => m.project.derivesFrom(cls, manager))) return null;
  m.dependOn([definitionKey(REGISTRATION)]);
  const found = joinAll(candidatesOf(m.project).map((candidate) => readRegistration(m, candidate, name)));
  return found.length > 0 ? found : null;
}

const candidatesByProject = new WeakMap<Project, readonly ProjectClass[]>();

/** The classes with a method of that name: those among them that are plugins of Tempest register clients. */
function candidatesOf(project: Project): readonly ProjectClass[] {
  let candidates = candidatesByProject.get(project);
  if (!candidates) candidatesByProject.set(project, (candidates = findCandidates(project)));
  return candidates;
}

function findCandidates(project: Project): ProjectClass[] {
  return [...project.modules()].flatMap((module) =>
    module.facts.functions.flatMap(({ name, classIndex }) =>
      name === REGISTRATION ? (project.classAt(module, classIndex) ?? []) : [],
    ),
  );
}

/** What one class registers under a name; empty where it registers something else, or nothing. */
function readRegistration(m: Machine, candidate: ProjectClass, name: string): Value {
  const registered = m.remember(m.classState(candidate), '#registered', () => {
    m.dependOn(keysOfClass(m.project, candidate));
    if (candidate.fullName === PLUGIN || !m.project.derivesFrom(candidate, PLUGIN)) return [];
    return m.quietly(() => m.heap.isolate(() => readRegistrations(m, candidate)));
  });
  return joinAll(
    registered.map((alternative) => (alternative.k === 'obj' ? (alternative.obj.fields.get(`s:${name}`) ?? []) : [])),
  );
}

/** Runs the plugin's method. @returns a dictionary of factories by the names that they are registered under */
function readRegistrations(m: Machine, plugin: ProjectClass): Value {
  const frame = m.newFrame(plugin.module, null);
  const self: Value = [{ k: 'obj', obj: newObject('instance', plugin) }];
  const answer = m.call(m.getAttribute(self, REGISTRATION, frame, NO_RANGE), NO_ARGUMENTS, frame, NO_RANGE, null);
  const registered = newObject('dict');
  for (const entry of readSequence(answer).items) {
    const name = constantText(readItem(m, entry, plainText('name'), frame));
    const factory = name === null ? null : makeFactory(m, entry, frame);
    if (factory) registered.fields.set(`s:${name ?? ''}`, factory);
  }
  return [{ k: 'obj', obj: registered }];
}

/** What `ClientsFactory` makes of a registration: an object with the named classes of the module. */
function makeFactory(m: Machine, entry: Value, frame: Frame): Value | null {
  const path = constantText(readItem(m, entry, plainText('module_path'), frame));
  if (path === null) return null;
  const module = m.project.moduleNamed(path);
  m.dependOn([module ? moduleKey(module) : missingKey(path)]);
  if (!module) return null;
  const inModule: Value = [{ k: 'module', module }];
  const names = readSequence(readItem(m, entry, plainText('client_names'), frame));
  const clients = names.items.map(constantText);
  // Which classes it takes is not known: any of the module may be one.
  if (names.rest !== null || clients.includes(null)) return inModule;
  const factory = newObject('instance', m.project.classNamed(FACTORY) ?? null, FACTORY);
  for (const client of clients) {
    const cls = client === null ? [] : present(m.getAttribute(inModule, client, frame, NO_RANGE));
    if (client !== null && cls.length > 0) factory.fields.set(client, cls);
  }
  return [{ k: 'obj', obj: factory }];
}
