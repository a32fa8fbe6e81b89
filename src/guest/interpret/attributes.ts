import type { Expr } from '../../model/facts';
import type { TextRange } from '../../model/text';
import type { ProjectClass } from '../../project/project';
import { REQUEST } from './builtins';
import { isRestClientClass } from './classTraits';
import { clientManagerOf, restModuleOf } from './framework';
import { readDecoration } from './decorations';
import { objectInPlaceOf, readThroughDescriptor } from './descriptors';
import { overwrite, separate, underLiterals, withFallback } from './conditionalValues';
import { missingKey, moduleKey } from './dependencies';
import { dataEntry } from './heap';
import { registeredClientsOf } from './registeredClients';
import { CONFIGURATION } from './moduleValues';
import type { HeapObject } from './values';
import { NO_ARGUMENTS, type Frame, type Machine } from './machine';
import { viaRoute } from './locate';
import { ABSENT, UNKNOWN, joinAll, mayBeAbsent, plainText, present, type Alternative, type Value } from './values';

/** `value.name`, over all alternatives of the value. */
export function getAttribute(m: Machine, value: Value, name: string, frame: Frame, range: TextRange): Value {
  const holders = present(m.feasible(value));
  const [first] = holders;
  if (first && holders.length === 1 && !first.when) return m.feasible(attributeOf(m, first, name, frame, range));
  const results: Value[] = [];
  // Where something else is possible, None has no part in it: the code would not have come this far.
  const real = holders.length > 1 ? holders.filter((alternative) => alternative.k !== 'const') : holders;
  for (const alternative of real) {
    const found = m.under(alternative.when, () => m.feasible(attributeOf(m, alternative, name, frame, range)));
    results.push(underLiterals(found, alternative.when ?? []));
  }
  return results.length > 0 ? joinAll(results) : UNKNOWN;
}

function attributeOf(m: Machine, alternative: Alternative, name: string, frame: Frame, range: TextRange): Value {
  switch (alternative.k) {
    case 'obj':
      return attributeOfObject(m, alternative.obj, name, frame, range);
    case 'class':
      return (
        attributeOfClass(m, alternative.cls, name, [alternative], frame, range) ??
        externalAttribute(m, alternative.cls, name) ??
        UNKNOWN
      );
    case 'module':
      return attributeOfModule(m, alternative.module, name);
    case 'ext':
      // `cfg.CONF`: oslo.config's own object, however the module around it is called.
      return name === 'CONF' ? CONFIGURATION : [{ ...alternative, path: `${alternative.path}.${name}` }];
    case 'conf':
      return [{ k: 'conf', path: alternative.path === '' ? name : `${alternative.path}.${name}` }];
    case 'super':
      return attributeOfSuper(m, alternative, name, frame, range);
    case 'data': {
      const own = alternative.obj.fields.get(name);
      return own && present(own).length > 0 ? present(own) : [{ k: 'builtin', name, self: [alternative] }];
    }
    case 'text':
    case 'seq':
    case 'gen':
      return [{ k: 'builtin', name, self: [alternative] }];
    case 'builtin': {
      // `answer.data.method`: an attribute of unknown data was no method after all.
      const [holder] = alternative.self ?? [];
      if (holder?.k !== 'data') return UNKNOWN;
      return getAttribute(m, dataEntry(holder.obj, `.${alternative.name}`), name, frame, range);
    }
    case 'fn':
      return alternative.fn.facts.params.length >= 0 && name === '__func__' ? [alternative] : UNKNOWN;
    default:
      return UNKNOWN;
  }
}

function attributeOfModule(m: Machine, module: Extract<Alternative, { k: 'module' }>['module'], name: string): Value {
  const value = m.readModuleName(module, name);
  if (value.length > 0) return value;
  const child = m.project.moduleNamed(`${module.name}.${name}`);
  m.dependOn([child ? moduleKey(child) : missingKey(`${module.name}.${name}`)]);
  return child ? [{ k: 'module', module: child }] : UNKNOWN;
}

function attributeOfObject(m: Machine, obj: HeapObject, name: string, frame: Frame, range: TextRange): Value {
  if (obj.kind === 'dict' || obj.kind === 'list') return [{ k: 'builtin', name, self: [{ k: 'obj', obj }] }];
  const stored = obj.fields.get(name);
  const own = stored && m.feasible(stored);
  if (own && !mayBeAbsent(own)) return own;
  const self: Value = [{ k: 'obj', obj }];
  const inherited = obj.cls ? attributeOfClass(m, obj.cls, name, self, frame, range) : null;
  if (inherited) return own ? withFallback(own, inherited) : inherited;
  if (own && present(own).length > 0) return present(own);
  if (name === '__class__' && obj.cls) return [{ k: 'class', cls: obj.cls }];
  if (name === '__dict__') return UNKNOWN;
  if (obj.external !== null) return [{ k: 'ext', path: `${obj.external}().${name}` }];
  if (!obj.cls) return UNKNOWN;
  // Clients make some of their requests' methods at run time.
  if (isRestClientClass(m.project, obj.cls)) return [{ k: 'builtin', name: `${REQUEST}${name}`, self: null }];
  return (
    frameworkAttribute(m, obj.cls, name) ??
    inferAttribute(m, obj, obj.cls, name) ??
    registeredClientsOf(m, obj.cls, name) ??
    delegatedAttribute(m, obj, obj.cls, name, frame, range) ??
    externalAttribute(m, obj.cls, name) ??
    UNKNOWN
  );
}

/** A member found along the method resolution order, or something written to one of the classes at run time. */
function attributeOfClass(
  m: Machine,
  cls: ProjectClass,
  name: string,
  self: Value,
  frame: Frame,
  range: TextRange,
): Value | null {
  for (const ancestor of m.project.orderOf(cls)) {
    if (typeof ancestor === 'string') continue;
    const stored = m.classState(ancestor).fields.get(name);
    const written = stored && m.feasible(stored);
    const known = written ? present(written) : [];
    if (written && known.length > 0 && !mayBeAbsent(written)) return known;
    const bindings = ancestor.members.get(name);
    const binding = bindings?.[bindings.length - 1];
    if (binding) {
      const member = bindMember(m, ancestor, name, self, frame, range);
      return written ? withFallback(written, member) : member;
    }
    if (known.length > 0) return known;
  }
  return self[0]?.k === 'class' ? frameworkAttribute(m, cls, name) : null;
}

/** The value of a class body's binding as seen through an instance or class. */
function bindMember(m: Machine, owner: ProjectClass, name: string, self: Value, frame: Frame, range: TextRange): Value {
  const bindings = owner.members.get(name) ?? [];
  const binding = bindings[bindings.length - 1];
  if (binding?.k === 'function') {
    const fn = m.project.functionAt(owner.module, binding.index);
    if (!fn) return UNKNOWN;
    const decoration = readDecoration(m.project, fn);
    const object = objectInPlaceOf(m, fn, owner);
    if (object) return readThroughDescriptor(m, object, name, self, frame, range);
    if (decoration.kind === 'property') {
      // The getter comes first; a setter of the same name follows it.
      const [getter] = bindings;
      const first = getter?.k === 'function' ? (m.project.functionAt(owner.module, getter.index) ?? fn) : fn;
      m.noteCall(frame, range, first);
      return viaRoute(m, { k: 'property', name }, frame, range, () =>
        m.invoke({ k: 'fn', fn: first, self, owner, closure: null }, NO_ARGUMENTS, frame, range),
      );
    }
    if (decoration.kind === 'static') return [{ k: 'fn', fn, self: null, owner, closure: null }];
    if (decoration.kind === 'class') return [{ k: 'fn', fn, self: classOf(self), owner, closure: null }];
    // Reached through the class itself, a plain method is not bound.
    return [{ k: 'fn', fn, self: self[0]?.k === 'class' ? null : self, owner, closure: null }];
  }
  if (binding?.k === 'class') {
    const cls = m.project.classAt(owner.module, binding.index);
    return cls ? [{ k: 'class', cls }] : UNKNOWN;
  }
  if (binding?.k === 'value')
    return readThroughDescriptor(m, readClassValue(m, owner, name, self), name, self, frame, range);
  return UNKNOWN;
}

function classOf(self: Value): Value {
  return self.map((alternative): Alternative => {
    if (alternative.k === 'obj' && alternative.obj.cls) return { k: 'class', cls: alternative.obj.cls };
    return alternative;
  });
}

/** Evaluates an assignment of a class body, once per class. */
function readClassValue(m: Machine, owner: ProjectClass, name: string, self: Value): Value {
  const value = m.remember(m.classState(owner), name, () =>
    m.heap.isolate(() => {
      const frame = m.newFrame(owner.module, owner);
      for (const [member, bindings] of owner.members) {
        if (member === name) continue;
        const binding = bindings[bindings.length - 1];
        if (binding?.k === 'value' && binding.expr.k !== 'call') frame.locals.fields.set(member, UNKNOWN_LATER);
        if (binding?.k === 'function') {
          const fn = m.project.functionAt(owner.module, binding.index);
          if (fn) frame.locals.fields.set(member, [{ k: 'fn', fn, self: null, owner, closure: null }]);
        }
      }
      const bindings = owner.members.get(name) ?? [];
      const values = bindings.map((binding) => {
        if (binding.k !== 'value') return UNKNOWN;
        defineUsedNames(m, owner, binding.expr, frame);
        return m.evaluate(binding.expr, frame);
      });
      return joinAll(values);
    }),
  );
  return bindAlias(value, self, owner);
}

const UNKNOWN_LATER: Value = ABSENT;

/** Names of the class body that an expression of it uses are evaluated first. */
function defineUsedNames(m: Machine, owner: ProjectClass, expr: Expr, frame: Frame): void {
  if (expr.k === 'name' && owner.members.get(expr.id)?.at(-1)?.k === 'value') {
    const value = readClassValue(m, owner, expr.id, [{ k: 'class', cls: owner }]);
    frame.locals.fields.set(expr.id, value);
  } else if (expr.k === 'bin') {
    defineUsedNames(m, owner, expr.l, frame);
    defineUsedNames(m, owner, expr.r, frame);
  } else if (expr.k === 'call') for (const arg of expr.args) defineUsedNames(m, owner, arg, frame);
  else if (expr.k === 'list' || expr.k === 'tuple')
    for (const item of expr.items) defineUsedNames(m, owner, item, frame);
}

/** `alias = method` in a class body: the function binds like any other. */
function bindAlias(value: Value, self: Value, owner: ProjectClass): Value {
  if (self[0]?.k === 'class') return value;
  return value.map((alternative) =>
    alternative.k === 'fn' && alternative.self === null && alternative.owner === owner
      ? { ...alternative, self }
      : alternative,
  );
}

/** What the framework puts on an object at run time, out of sight of the code. */
function frameworkAttribute(m: Machine, cls: ProjectClass, name: string): Value | null {
  return clientManagerOf(m, cls, name) ?? restModuleOf(m, cls, name);
}

/**
 * An attribute that no code seen so far has set on this object (a client manager whose constructor is not run): what any
 * method of its classes assigns to it. Remembered on the object.
 */
function inferAttribute(m: Machine, obj: HeapObject, cls: ProjectClass, name: string): Value | null {
  const assignments = m.attributeAssignments(cls, name);
  if (assignments.length === 0) return null;
  const value = m.remember(obj, name, () =>
    m.quietly(() =>
      m.heap.isolate(() =>
        joinAll(
          assignments.map(({ fn, owner, expr }) => {
            const frame = m.newFrame(owner.module, owner, fn);
            for (const [i, param] of fn.facts.params.entries()) {
              frame.locals.fields.set(param.name, i === 0 ? [{ k: 'obj', obj }] : UNKNOWN);
            }
            return m.evaluate(expr, frame);
          }),
        ),
      ),
    ),
  );
  return value.length > 0 ? value : null;
}

/** What the class's `__getattr__` answers for a name that nothing else has. */
function delegatedAttribute(
  m: Machine,
  obj: HeapObject,
  cls: ProjectClass,
  name: string,
  frame: Frame,
  range: TextRange,
): Value | null {
  if (name.startsWith('__') || !m.project.findMember(cls, '__getattr__')) return null;
  const method = m.getAttribute([{ k: 'obj', obj }], '__getattr__', frame, range);
  const value = viaRoute(m, { k: 'missing-attribute', name }, frame, range, () =>
    m.call(method, { ...NO_ARGUMENTS, args: [plainText(name)] }, frame, range, null),
  );
  return value.every((alternative) => alternative.k === 'unknown') ? null : value;
}

/** A member that only a base outside the project can have. */
function externalAttribute(m: Machine, cls: ProjectClass, name: string): Value | null {
  const external = m.project.orderOf(cls).find((ancestor) => typeof ancestor === 'string' && ancestor !== 'object');
  return typeof external === 'string' ? [{ k: 'ext', path: `${external}().${name}` }] : null;
}

function attributeOfSuper(
  m: Machine,
  alternative: Extract<Alternative, { k: 'super' }>,
  name: string,
  frame: Frame,
  range: TextRange,
): Value {
  const { after, start, self } = alternative;
  const found = m.project.findMember(start, name, after);
  if (found) return bindMember(m, found.owner, name, self, frame, range);
  let passed = false;
  for (const ancestor of m.project.orderOf(start)) {
    if (ancestor === after) passed = true;
    else if (passed && typeof ancestor === 'string' && ancestor !== 'object')
      return [{ k: 'ext', path: `${ancestor}().${name}` }];
  }
  return UNKNOWN;
}

/** `value.name = assigned`. A sure receiver is overwritten, several possible ones keep their old value as an alternative. */
export function setAttribute(m: Machine, target: Value, name: string, assigned: Value): void {
  const holders = m.feasible(target);
  const single = holders.length === 1;
  for (const alternative of holders) {
    const obj =
      alternative.k === 'obj' || alternative.k === 'data'
        ? alternative.obj
        : alternative.k === 'class'
          ? m.classState(alternative.cls)
          : null;
    if (!obj || obj.kind === 'list' || (obj.kind === 'dict' && alternative.k !== 'data')) continue;
    const value = separate(assigned);
    m.heap.write(obj, name, single ? value : overwrite(obj.fields.get(name) ?? ABSENT, value, alternative.when));
  }
}
