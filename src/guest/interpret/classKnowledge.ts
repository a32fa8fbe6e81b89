import { isTestClass } from '../../project/discoverTests';
import type { Project, ProjectClass } from '../../project/project';
import { findAttributeAssignments, isGuestClientClass } from './classTraits';
import type { AttributeAssignment } from './machine';

/** What has been found out about classes, each asked once. */
export class ClassKnowledge {
  private readonly assignments = new Map<ProjectClass, Map<string, AttributeAssignment[]>>();
  private readonly guestClients = new Map<ProjectClass, boolean>();
  private readonly testClasses = new Map<ProjectClass, boolean>();

  constructor(private readonly project: Project) {}

  /** Bodies have changed: what methods assign and call may be something else now. */
  forget(): void {
    this.assignments.clear();
    this.guestClients.clear();
  }

  /**
   * Every `self.name = expr` in the methods of the class and its ancestors. What another test would set is none: each test has
   * an object of its own.
   */
  attributeAssignments(cls: ProjectClass, name: string): readonly AttributeAssignment[] {
    let byName = this.assignments.get(cls);
    if (!byName) this.assignments.set(cls, (byName = findAttributeAssignments(this.project, cls)));
    const found = byName.get(name) ?? [];
    return this.isTestClass(cls) ? found.filter(({ fn }) => !fn.facts.name.startsWith('test')) : found;
  }

  isGuestClient(cls: ProjectClass): boolean {
    let known = this.guestClients.get(cls);
    if (known === undefined) {
      known = !this.isTestClass(cls) && isGuestClientClass(this.project, cls);
      this.guestClients.set(cls, known);
    }
    return known;
  }

  isTestClass(cls: ProjectClass): boolean {
    let known = this.testClasses.get(cls);
    if (known === undefined) this.testClasses.set(cls, (known = isTestClass(this.project, cls)));
    return known;
  }
}
