/** mocha's spec reporter, which also leaves the counts where scripts/test.mjs looks for them, and tells of second tries. */
const { writeFileSync } = require('node:fs');
const Mocha = require('mocha');

module.exports = class extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.on('retry', (test, error) =>
      console.log(`    tries again: ${test.title} (${error.message.split('\n')[0]})`),
    );
    runner.once('end', () => {
      const { passes: passed, failures: failed, pending: skipped } = this.stats;
      const file = process.env.INTEROP_LENS_RESULTS_FILE;
      if (file) writeFileSync(file, JSON.stringify({ passed, failed, skipped }));
    });
  }
};
