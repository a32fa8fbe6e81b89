import type { TextRange } from '../../model/text';
import type { ProjectClass, ProjectFunction } from '../../project/project';
import { readDecoration } from './decorations';
import { keysOfDecorators } from './dependencies';
import { newObject } from './heap';
import { viaRoute } from './locate';
import { NO_ARGUMENTS, type Frame, type Machine } from './machine';
import { NONE, UNKNOWN, joinAll, present, type Alternative, type Value } from './values';

/** What `property(…)` makes in a class body, by the path of its class. */
const PROPERTY = 'property';

/** The object that a decorator which is a class puts in the place of a function; null where none is. Made once. */
export function objectInPlaceOf(m: Machine, fn: ProjectFunction, owner: ProjectClass | null): Value | null {
  const { maker } = readDecoration(m.project, fn);
  if (!maker) return null;
  const made = m.remember(fn, '#object', () => {
    m.dependOn(keysOfDecorators(m.project, fn.module, fn.facts.decorators));
    const plain: Value = [{ k: 'fn', fn, self: null, owner, closure: null }];
    return m.quietly(() =>
      m.heap.isolate(() => {
        const frame = m.newFrame(fn.module, null);
        const range = { start: maker.s, end: maker.e };
        const callee = m.evaluate(maker, frame);
        return m.call(callee, { ...NO_ARGUMENTS, args: [plain] }, frame, range, null);
      }),
    );
  });
  return made.length > 0 && made.every(({ k }) => k === 'obj') ? made : null;
}

/**
 * What a class attribute is when it is read through an object or the class: the answer of `__get__` where its value has one, the
 * value itself otherwise.
 */
export function readThroughDescriptor(
  m: Machine,
  value: Value,
  name: string,
  self: Value,
  frame: Frame,
  range: TextRange,
): Value {
  if (!value.some((alternative) => isDescriptor(m, alternative))) return value;
  return joinAll(
    present(value).map((alternative): Value => {
      if (!isDescriptor(m, alternative) || alternative.k !== 'obj') return [alternative];
      const isClass = self[0]?.k === 'class';
      if (alternative.obj.external === PROPERTY) {
        const getter = alternative.obj.fields.get('fget') ?? UNKNOWN;
        if (isClass) return [alternative];
        return viaRoute(m, { k: 'property', name }, frame, range, () =>
          m.call(getter, { ...NO_ARGUMENTS, args: [self] }, frame, range, null),
        );
      }
      const args = [isClass ? NONE : self, classesOf(self)];
      const method = m.getAttribute([alternative], '__get__', frame, range);
      return viaRoute(m, { k: 'descriptor', name }, frame, range, () =>
        m.call(method, { ...NO_ARGUMENTS, args }, frame, range, null),
      );
    }),
  );
}

function isDescriptor(m: Machine, alternative: Alternative): boolean {
  if (alternative.k !== 'obj') return false;
  const { cls, external } = alternative.obj;
  return external === PROPERTY || (cls !== null && m.project.findMember(cls, '__get__') !== null);
}

function classesOf(self: Value): Value {
  return self.map((alternative): Alternative =>
    alternative.k === 'obj' && alternative.obj.cls ? { k: 'class', cls: alternative.obj.cls } : alternative,
  );
}

/** `property(getter)`: kept as an object until it is read. */
export function makeProperty(getter: Value | undefined): Value {
  const obj = newObject('instance', null, PROPERTY);
  obj.fields.set('fget', getter ?? UNKNOWN);
  return [{ k: 'obj', obj }];
}

/** `types.MethodType(function, receiver)`: the function bound to the receiver. */
export function bindMethod(callee: Value, receiver: Value): Value {
  return callee.map((alternative): Alternative =>
    alternative.k === 'fn'
      ? { ...alternative, self: receiver }
      : { k: 'partial', fn: [alternative], args: [receiver], kw: new Map() },
  );
}
