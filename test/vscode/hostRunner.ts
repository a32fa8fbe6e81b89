import 'mocha';

/**
 * Runs a suite with mocha inside an extension host, Node's or the web's: no terminal, perhaps no process. Results leave
 * the host through its console, which the launcher and desktop VS Code both print.
 */

/** Begins every line of ours, among those that the editor writes; scripts/vscode-host/results.mjs knows it. */
const LINE_MARK = '» ';
/** Begins the line that carries the counts; likewise. */
const RESULTS_MARK = '» results ';

/**
 * In milliseconds. A first test may wait for the index of a whole repository; and where a webview was closed while it loaded,
 * Chromium lets the next one wait for 30 seconds, until the service worker of webviews counts as idle.
 */
const TEST_LIMIT = 120_000;

/** Focus and webviews of a real window are not ours to order; a second try is printed. */
const TRIES_MORE = 1;

/** What mocha's browser build, the one that is bundled here, leaves on the global object. */
interface MochaGlobals {
  readonly Mocha: new (options: {
    ui: 'bdd';
    timeout: number;
    slow: number;
    retries: number;
    reporter: typeof ConsoleReporter;
  }) => Mocha;
}

class ConsoleReporter {
  constructor(runner: Mocha.Runner) {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    runner.on('suite', (suite) => {
      if (suite.title !== '') say(suite, suite.title);
    });
    runner.on('retry', (test: Mocha.Test, error: Error) => say(test, `tries again: ${test.title}\n${error.message}`));
    runner.on('pass', (test) => {
      counts.passed++;
      say(test, `✔ ${test.title} (${test.duration ?? 0} ms)`);
    });
    runner.on('pending', (test) => {
      counts.skipped++;
      say(test, `- ${test.title} (skipped)`);
    });
    runner.on('fail', (test, error: Error) => {
      counts.failed++;
      say(test, `✘ ${test.title}\n${error.stack ?? String(error)}`);
    });
    runner.on('end', () => console.log(`${RESULTS_MARK}${JSON.stringify(counts)}`));
  }
}

/**
 * Makes the `run()` that VS Code calls.
 * @param loadTests requires the test files; they call `describe` and `it`
 * @returns a function that rejects when a test fails or none is there
 */
export function createRun(loadTests: () => void): () => Promise<void> {
  return () =>
    new Promise((resolve, reject) => {
      const { Mocha: BrowserMocha } = globalThis as unknown as MochaGlobals;
      const suite = new BrowserMocha({
        ui: 'bdd',
        timeout: TEST_LIMIT,
        slow: 5000,
        retries: TRIES_MORE,
        reporter: ConsoleReporter,
      });
      // Puts describe, it and the hooks on the global object.
      suite.suite.emit('pre-require', globalThis, '', suite);
      loadTests();
      const runner = suite.run((failures) => {
        if (failures > 0) reject(new Error(`${failures} of the tests in VS Code failed`));
        else if (runner.total === 0) reject(new Error('the suite holds no test'));
        else resolve();
      });
    });
}

/** Writes text below the item's title, each line marked and indented by the item's depth. */
function say(item: Mocha.Suite | Mocha.Runnable, text: string): void {
  const indent = '  '.repeat(Math.max(0, item.titlePath().length - 1));
  for (const line of text.split('\n')) console.log(`${LINE_MARK}${indent}${line}`);
}
