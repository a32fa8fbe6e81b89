import type { Expr, Stmt } from '../../model/facts';
import type { Project, ProjectClass, ProjectFunction } from '../../project/project';
import { visitExpression, visitExpressions, visitStatements } from '../../model/visitFacts';
import type { AttributeAssignment } from './machine';

function methodsOf(project: Project, cls: ProjectClass): ProjectFunction[] {
  const methods: ProjectFunction[] = [];
  for (const bindings of cls.members.values()) {
    for (const binding of bindings) {
      const fn = binding.k === 'function' ? project.functionAt(cls.module, binding.index) : undefined;
      if (fn) methods.push(fn);
    }
  }
  return methods;
}

/** Every assignment to an attribute of the first parameter (`self.x = …`, `cls.x = …`), the nearest class's ones first. */
export function findAttributeAssignments(project: Project, cls: ProjectClass): Map<string, AttributeAssignment[]> {
  const found = new Map<string, AttributeAssignment[]>();
  for (const owner of project.orderOf(cls)) {
    if (typeof owner === 'string') continue;
    for (const fn of methodsOf(project, owner)) {
      const first = fn.facts.params[0]?.name;
      if (first === undefined) continue;
      visitStatements(fn.facts.body, (stmt) =>
        collectAssignment(stmt, first, (name, expr) => addTo(found, name, { owner, fn, expr })),
      );
    }
  }
  return found;
}

function collectAssignment(stmt: Stmt, first: string, add: (name: string, expr: Expr) => void): void {
  if (stmt.k !== 'assign') return;
  for (const target of stmt.targets) {
    if (target.k === 'attr' && target.obj.k === 'name' && target.obj.id === first) add(target.attr, stmt.value);
  }
}

function addTo(found: Map<string, AttributeAssignment[]>, name: string, assignment: AttributeAssignment): void {
  const list = found.get(name);
  if (list) list.push(assignment);
  else found.set(name, [assignment]);
}

/**
 * True for classes that stand for the connection to a guest: one of their methods (or an ancestor's) talks to paramiko itself,
 * or hands a command that it was given on to an `exec_command`. Copies of Tempest's RemoteClient are found this way too.
 */
export function isGuestClientClass(project: Project, cls: ProjectClass): boolean {
  return project.orderOf(cls).some((ancestor) => {
    if (typeof ancestor === 'string') return /\.(ssh\.Client|remote_client\.RemoteClient)$/.test(ancestor);
    return methodsOf(project, ancestor).some((fn) => talksToGuest(fn));
  });
}

function talksToGuest(fn: ProjectFunction): boolean {
  const params = new Set(fn.facts.params.slice(1).map((param) => param.name));
  let talks = false;
  visitStatements(fn.facts.body, (stmt) => {
    visitExpressions(stmt, (expr) => {
      if (expr.k === 'name' && expr.id === 'paramiko') talks = true;
      if (expr.k !== 'call' || expr.fn.k !== 'attr' || expr.fn.attr !== 'exec_command') return;
      if (passesOn(expr.args[0], params) || (fn.facts.name === 'exec_command' && mentions(expr.args[0], params)))
        talks = true;
    });
  });
  return talks;
}

/** The command may be part of what is passed on: a copy of RemoteClient puts its prologue before it. */
function mentions(arg: Expr | undefined, params: ReadonlySet<string>): boolean {
  let found = false;
  if (arg) visitExpression(arg, (expr) => (found ||= passesOn(expr, params)));
  return found;
}

function passesOn(arg: Expr | undefined, params: ReadonlySet<string>): boolean {
  return arg?.k === 'name' && params.has(arg.id);
}

/** The base of all clients of services, or one of Tempest's clients whose code is not in the workspace. */
const REST_CLIENT = /(^|\.)RestClient$|^tempest(_lib|\.lib)?\.services\.[\w.]*Client$/;

interface Kinship {
  readonly isRestClient: boolean;
  readonly isException: boolean;
}

/** Asked at every call of a method; a class keeps its ancestors as long as it keeps its identity. */
const kinships = new WeakMap<ProjectClass, Kinship>();

function kinshipOf(project: Project, cls: ProjectClass): Kinship {
  let kinship = kinships.get(cls);
  if (!kinship) {
    const names = project.orderOf(cls).map((ancestor) => (typeof ancestor === 'string' ? ancestor : ancestor.fullName));
    const isRestClient = names.some((name) => REST_CLIENT.test(name));
    const isException = names.some((name) => name === 'Exception' || name === 'BaseException');
    kinships.set(cls, (kinship = { isRestClient, isException }));
  }
  return kinship;
}

/** True for clients of a REST service: their methods are requests, not code to follow. */
export function isRestClientClass(project: Project, cls: ProjectClass): boolean {
  return kinshipOf(project, cls).isRestClient;
}

/** True for exceptions: what they are made of concerns only their message. */
export function isExceptionClass(project: Project, cls: ProjectClass): boolean {
  return kinshipOf(project, cls).isException;
}
