import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const TEMPEST = '.cache/corpus/python3-tempest/usr/lib/python3/dist-packages';
/** Copies, since the editor saves by itself what a scene types. */
const GUIDELINES = '.cache/guideline-scenes';

/**
 * The scenes of what the editor does for who writes and reviews guidelines: real guidelines beside the real Tempest.
 * @param {string} root the extension's folder
 */
export function listGuidelineScenes(root) {
  const folder = path.join(root, GUIDELINES);
  const copyGuidelines = () => {
    rmSync(folder, { recursive: true, force: true });
    cpSync(path.resolve(root, '../shared/guidelines'), folder, { recursive: true });
  };
  const lineOf = (file, text, after = '') => {
    const whole = readFileSync(path.join(folder, file), 'utf8');
    const at = whole.indexOf(text, whole.indexOf(after));
    if (at === -1) throw new Error(`${file} does not hold ${text}`);
    return whole.slice(0, at).split('\n').length;
  };
  const scene = (name, take, prepare = copyGuidelines) => ({ name, folders: [TEMPEST, GUIDELINES], prepare, take });
  const openNext = async (workbench, line, column = 1) => {
    await workbench.openFile('next.json', line, column);
    await workbench.waitFor('.codelens-decoration:visible', 'guest: ');
  };

  return [
    scene('guideline-completion', async (workbench, save) => {
      await openNext(workbench, lineOf('next.json', '"compute-servers-verify": {'));
      await workbench.openFile('next.json', lineOf('next.json', '"compute-servers-verify",'));
      await workbench.page.keyboard.press('End');
      await workbench.page.keyboard.press('Enter');
      await workbench.page.keyboard.type('"import');
      await workbench.page.keyboard.press('Control+Space');
      await workbench.waitFor('.suggest-widget.visible .monaco-list-row', 'images-v2-import');
      await save('guideline-completion');
    }),
    scene('guideline-lint', async (workbench, save) => {
      await openNext(workbench, lineOf('next.json', '"acheivements"'), 14);
      await workbench.waitFor('.squiggly-warning');
      await workbench.hoverAtCursor('Did you mean');
      await save('guideline-lint');
    }),
    scene('guideline-compare', async (workbench, save) => {
      await openNext(workbench, lineOf('next.json', '"compute-servers-verify": {'));
      await workbench.runCommand('Interop Lens: Compare Guidelines…');
      await workbench.waitFor('.quick-input-list .monaco-list-row', '2016.01');
      await workbench.page.keyboard.type('2016.01');
      await workbench.page.keyboard.press('Enter');
      await workbench.waitFor('.tabs-container .tab.active', '2016.01');
      await workbench.webview().getByRole('heading', { name: 'Capabilities' }).waitFor();
      await save('guideline-compare');
    }),
    scene(
      'guideline-results',
      async (workbench, save) => {
        await openNext(workbench, lineOf('next.json', '"compute-servers-verify": {'));
        await workbench.runCommand('Interop Lens: Compare Test Results…');
        // The dialog opens in the guideline's folder.
        const results = workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'passed.txt' });
        await results.first().click();
        await workbench.waitFor('.codelens-decoration:visible', 'passed');
        // The words stand behind long names.
        await workbench.page.keyboard.press('Control+B');
        await workbench.waitUntilGone('.part.sidebar');
        await workbench.openFile('next.json', lineOf('next.json', '"tests": {', '"compute-servers-lock": {'));
        await workbench.waitFor('.codelens-decoration:visible', 'guest: ');
        await save('guideline-results');
      },
      () => {
        copyGuidelines();
        const tests = listTests(root, path.join(folder, 'next.json'));
        // Of each ten tests nine passed.
        writeFileSync(path.join(folder, 'passed.txt'), tests.filter((_, at) => at % 10 !== 4).join('\n'));
      },
    ),
    scene('guideline-flag', async (workbench, save) => {
      await openNext(workbench, lineOf('next.json', '"tempest.', '"compute-servers-verify": {'), 40);
      await workbench.runCommand('Interop Lens: Flag This Test…');
      await workbench.waitFor('.quick-input-list .monaco-list-row', 'D4');
      await save('guideline-flag');
    }),
  ];
}

/** The tests that a guideline requires of a compute cloud. */
function listTests(root, guideline) {
  const args = ['tests', '--guideline', guideline, '--target', 'compute'];
  return execFileSync(process.execPath, [path.join(root, 'dist/cli.js'), ...args], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line !== '');
}
