import * as vscode from 'vscode';
import { FIRST_STEPS, type FirstStep } from './firstStepIds';

const MEMORY = 'firstSteps.done';

/**
 * Ticks the steps of the walkthrough. VS Code takes note of a completion event only when it comes after the walkthrough was read, which is as
 * late as when somebody opens a walkthrough, and never of a context that holds by then. So what was done is remembered here, and told by context
 * keys that hold for a moment whenever a walkthrough may have been opened.
 */
export class FirstSteps implements vscode.Disposable {
  private readonly done: Set<FirstStep>;
  private readonly subscription: vscode.Disposable;

  constructor(private readonly memory: vscode.Memento) {
    const remembered = memory.get<readonly string[]>(MEMORY, []);
    this.done = new Set(FIRST_STEPS.filter((step) => remembered.includes(step)));
    this.subscription = vscode.window.tabGroups.onDidChangeTabs(({ opened, changed }) => {
      // The tab of a walkthrough has no input that an extension may know.
      if ([...opened, ...changed].some((tab) => tab.isActive && tab.input === undefined)) void this.tell();
    });
  }

  /** Takes note that a step was done. */
  complete(step: FirstStep): void {
    if (!this.done.has(step)) {
      this.done.add(step);
      void this.memory.update(MEMORY, [...this.done]);
    }
    void this.tell();
  }

  /** Opens the walkthrough. */
  async open(extensionId: string): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.openWalkthrough', `${extensionId}#firstSteps`);
    await this.tell();
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private async tell(): Promise<void> {
    for (const holds of [true, false])
      for (const step of this.done)
        await vscode.commands.executeCommand('setContext', `interopLens.firstSteps.${step}`, holds);
  }
}
