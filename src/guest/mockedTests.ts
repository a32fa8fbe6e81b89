import { BASE_TEST } from './interpret/framework';
import type { Project, ProjectClass } from '../project/project';

/** Bases and modules of tests that run against mocks instead of a cloud. */
const MOCKED_BASES = new Set(['oslotest.base.BaseTestCase', 'oslotest.mock_fixture']);
const MOCK_MODULES = new Set(['mock', 'unittest.mock', 'mox', 'requests_mock']);

/**
 * True for unit tests of the test code itself: their class derives from oslotest's base, or their module (or a base's) imports
 * a mocking library. They demand nothing of a cloud. A class that has Tempest's own base gets credentials of a real one,
 * whatever it patches on the way.
 */
export function isMockedTest(project: Project, cls: ProjectClass): boolean {
  const order = project.orderOf(cls);
  if (order.some((ancestor) => (typeof ancestor === 'string' ? ancestor : ancestor.fullName) === BASE_TEST))
    return false;
  return order.some((ancestor) => {
    if (typeof ancestor === 'string') return MOCKED_BASES.has(ancestor);
    return importsMock(ancestor);
  });
}

function importsMock(cls: ProjectClass): boolean {
  for (const bindings of cls.module.scope.names.values()) {
    for (const binding of bindings) {
      if (binding.k !== 'import') continue;
      const name = binding.attr === null ? binding.module : `${binding.module}.${binding.attr}`;
      if (MOCK_MODULES.has(name)) return true;
    }
  }
  return false;
}
