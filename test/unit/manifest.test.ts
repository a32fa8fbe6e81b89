import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { COMMAND_IDS } from '../../src/client/commandIds';
import { FIRST_STEPS } from '../../src/client/firstStepIds';
import { SETTINGS } from '../../src/client/settingNames';
import { GUEST_RULES } from '../../src/guest/catalogue/rules';
import { GUIDELINE_RULES } from '../../src/guideline/lint/guidelineRules';
import { AGENT_TOOLS } from '../../src/protocol/agentTools';
import { PROFILE_RULES } from '../../src/policy/profile/profileRules';
import { TRACE_RULES } from '../../src/trace/lint/traceRules';
import { TEST_LIST_RULES } from '../../src/guideline/testList/testListRules';
import { CLIENT_COMMANDS, DEFAULT_SERVER_SETTINGS } from '../../src/protocol/messages';
import { TREE_IDS } from '../../src/protocol/treeMessages';

const root = path.resolve(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

interface WalkthroughStep {
  readonly id: string;
  readonly media: { readonly svg: string };
  readonly completionEvents: readonly string[];
}

interface Manifest {
  readonly main: string;
  readonly browser: string;
  readonly icon: string;
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
    readonly configuration: readonly {
      readonly title: string;
      readonly properties: Readonly<Record<string, object>>;
    }[];
    readonly walkthroughs: readonly { readonly steps: readonly WalkthroughStep[] }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string; readonly icon: string }[] };
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string }[];
    readonly jsonValidation: readonly { readonly fileMatch: readonly string[]; readonly url: string }[];
    readonly grammars: readonly { readonly path: string; readonly scopeName: string }[];
    readonly languageModelTools: readonly (Record<
      'name' | 'displayName' | 'modelDescription' | 'toolReferenceName',
      string
    > & {
      readonly inputSchema: unknown;
    })[];
  };
}

const manifest = JSON.parse(read('package.json')) as Manifest;
const strings = JSON.parse(read('package.nls.json')) as Record<string, string>;
const { contributes } = manifest;
const properties = Object.assign({}, ...contributes.configuration.map((group) => group.properties)) as Record<
  string,
  { readonly default: unknown; readonly scope?: string; readonly markdownDescription?: string }
>;
const settings = Object.keys(properties);

describe('the extension manifest', () => {
  it('contributes exactly the commands of the table', () => {
    assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), [...COMMAND_IDS].sort());
  });

  it('names no command in menus and welcome views that is not there', () => {
    const known = new Set<string>([...COMMAND_IDS, 'vscode.openFolder', 'interopLens.guidelines.focus']);
    const inMenus = Object.values(contributes.menus).flat();
    const inWelcome = Object.entries(strings).filter(([key]) => /^(?:welcome|walkthrough)\./.test(key));
    const named = [...inMenus.map(({ command }) => command), ...inWelcome.flatMap(([, text]) => commandLinks(text))];
    assert.ok(named.length > 5);
    for (const command of named) assert.ok(known.has(command), command);
  });

  it('has the commands that the server names', () => {
    for (const command of Object.values(CLIENT_COMMANDS))
      assert.ok((COMMAND_IDS as readonly string[]).includes(command), command);
  });

  it('contributes exactly the settings that configuration.ts reads', () => {
    assert.deepEqual(
      settings.sort(),
      Object.values(SETTINGS)
        .map((name) => `interopLens.${name}`)
        .sort(),
    );
    const source = read('src/client/configuration.ts');
    for (const name of Object.keys(SETTINGS)) assert.ok(source.includes(`SETTINGS.${name}`), `${name} is not read`);
  });

  it('reads settings nowhere else', () => {
    const others = readdirSync(path.join(root, 'src/client')).filter((file) => file !== 'configuration.ts');
    for (const file of others) assert.ok(!read(`src/client/${file}`).includes('getConfiguration'), file);
  });

  it('has the defaults that the server has', () => {
    const defaultOf = (name: string): unknown => properties[`interopLens.${name}`]?.default;
    assert.deepEqual(defaultOf('guidelines.paths'), DEFAULT_SERVER_SETTINGS.guidelines.paths);
    assert.equal(defaultOf('maxFileSize'), DEFAULT_SERVER_SETTINGS.maxFileSize);
    for (const [name, value] of Object.entries(DEFAULT_SERVER_SETTINGS.codeLens))
      assert.equal(defaultOf(`codeLens.${name}`), value);
  });

  it('declares the tools for language models as the table has them, in its words', () => {
    assert.deepEqual(
      contributes.languageModelTools.map(({ name, displayName, modelDescription, inputSchema }) => ({
        name,
        title: strings[displayName.slice(1, -1)],
        description: modelDescription,
        inputSchema,
      })),
      AGENT_TOOLS,
    );
    const setting = strings['setting.languageModelTools.enabled'] ?? '';
    for (const { toolReferenceName } of contributes.languageModelTools)
      assert.ok(setting.includes(`#${toolReferenceName}`), toolReferenceName);
  });

  it('describes every setting and says where it may be set', () => {
    for (const [name, { scope, markdownDescription }] of Object.entries(properties)) {
      assert.ok(scope, name);
      assert.match(markdownDescription ?? '', /^%setting\./, name);
    }
  });

  it('has a walkthrough with pictures in the colours of the theme, whose steps can be completed', () => {
    const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    assert.ok(steps.length >= 5);
    assert.deepEqual(
      steps.map(({ id }) => id),
      FIRST_STEPS,
    );
    for (const { id, media, completionEvents } of steps) {
      assert.ok(completionEvents.includes(`onContext:interopLens.firstSteps.${id}`), id);
      const picture = read(media.svg);
      assert.ok(!/#[0-9a-fA-F]{3}/.test(picture), media.svg);
      // High contrast themes leave these out, and a picture without them has holes.
      assert.doesNotMatch(picture, /var\(--vscode-list-(?:warning|error)Foreground\)/, media.svg);
      assert.ok(
        picture.includes('var(--vscode-foreground)') || picture.includes('var(--vscode-descriptionForeground)'),
      );
      assert.ok(completionEvents.length > 0);
      for (const event of completionEvents) {
        const [kind, subject = ''] = event.split(':');
        if (kind === 'onCommand') assert.ok((COMMAND_IDS as readonly string[]).includes(subject), event);
        else if (kind === 'onView')
          assert.ok(
            TREE_IDS.some((tree) => subject === `interopLens.${tree}`),
            event,
          );
        else assert.equal(event, `onContext:interopLens.firstSteps.${id}`);
      }
    }
  });

  it('restricts only settings that exist', () => {
    for (const name of manifest.capabilities.untrustedWorkspaces.restrictedConfigurations)
      assert.ok(settings.includes(name), name);
  });

  it('has a text for every placeholder, and no text too many', () => {
    const used = new Set(Array.from(JSON.stringify(manifest).matchAll(/%([\w.]+)%/g), (match) => match[1] ?? ''));
    assert.deepEqual([...used].sort(), Object.keys(strings).sort());
  });

  it('points to files that exist', () => {
    const [container] = contributes.viewsContainers.activitybar;
    const files = [
      manifest.icon,
      container?.icon ?? '',
      ...contributes.grammars.map((grammar) => grammar.path),
      ...contributes.jsonValidation.map(({ url }) => url),
    ];
    for (const file of files) assert.ok(existsSync(path.join(root, file)), file);
    for (const grammar of contributes.grammars)
      assert.equal((JSON.parse(read(grammar.path)) as { scopeName: string }).scopeName, grammar.scopeName);
  });

  it('has a welcome view for every state of the index', () => {
    const views = (contributes.views['interopLens'] ?? []).map(({ id }) => id);
    assert.deepEqual(
      views,
      TREE_IDS.map((tree) => `interopLens.${tree}`),
    );
    for (const { view } of contributes.viewsWelcome) assert.ok(views.includes(view), view);
    for (const view of views)
      assert.ok(
        contributes.viewsWelcome.some((welcome) => welcome.view === view),
        view,
      );
    assert.ok(contributes.viewsWelcome.filter(({ view }) => view === views[0]).length >= 4);
  });
});

describe('the README', () => {
  it('documents every setting', () => {
    const readme = read('README.md');
    for (const name of settings) assert.ok(readme.includes(`\`${name}\``), `${name} is not in README.md`);
  });

  it('names every command by its title', () => {
    const readme = read('README.md');
    for (const { command, title } of contributes.commands) {
      if (command === CLIENT_COMMANDS.showReferences) continue; // Not in the palette: lenses run it.
      const shown = (strings[title.slice(1, -1)] ?? title).replace(/…$/, '');
      assert.ok(readme.includes(shown), `"${shown}" (${command}) is not in README.md`);
    }
  });
});

describe('rule pages', () => {
  it('show a message, both ways to write it and the reason, for tests that guidelines name', () => {
    for (const { id, name } of TRACE_RULES) {
      const page = read(`docs/rules/${id}.md`);
      assert.ok(page.startsWith(`# ${id} ${name}\n`), id);
      for (const part of ['Message', 'Problematic', 'Better', 'Why', 'Exceptions', 'References'])
        assert.match(page, new RegExp(`^## ${part}\n\n\\S`, 'm'), `${id}: ${part}`);
    }
  });

  it('exist for every rule', () => {
    for (const { id } of [...GUEST_RULES, ...TRACE_RULES, ...GUIDELINE_RULES, ...TEST_LIST_RULES, ...PROFILE_RULES])
      assert.ok(existsSync(path.join(root, `docs/rules/${id}.md`)), `docs/rules/${id}.md`);
  });
});

function commandLinks(text: string): string[] {
  return Array.from(text.matchAll(/\(command:([\w.]+)\)/g), (match) => match[1] ?? '');
}
