import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type CodeAction, CodeActionKind, type TextDocumentEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { FIXED_GUIDELINE_RULES } from '../../src/fixes/guideline/guidelineFixes';
import { DEFAULT_SERVER_SETTINGS } from '../../src/protocol/messages';
import { FIXTURE_FOLDER, FULL_CAPABILITIES, TestEditor, testHost, toUri } from './testEditor';

const T = 'tempest.api.compute.servers.test_create_server.ServersTestJSON';
const ID = (digit: string): string =>
  `${digit.repeat(8)}-${digit.repeat(4)}-4${digit.repeat(3)}-8${digit.repeat(3)}-${digit.repeat(12)}`;

/**
 * A guideline that no formatter has seen: keys in no order, lists on one line and on many, characters of two, three and four bytes
 * before everything, blanks where nobody wants them.
 */
const BASE = `{
    "designated_sections": {},
    "capabilities": {
        "compute-servers-list": {"description": "Žlutý kůň 試験 😀", "achievements": ["atomic",  "doc"],
            "tests": {
                "${T}.test_list_servers" : {
                    "aliases": ["${T}.test_staré", "${T}.test_older"],
                    "idempotent_id": "id-${ID('1')}"
                },
                "${T}.test_disks": { "idempotent_id":"id-${ID('4')}",
                    "flagged": {"reason": "[D401] Ungültig – 試験", "action": "…", "date": "2099-01-01"} }
            },
            "required_since": "2099.01", "admin" : false, "project": "nova"
        },
        "compute-servers-verify": {
            "project": "nova", "required_since": "", "achievements": [
                "atomic"
            ],
            "description": "Größe", "admin": false,
            "tests": {"${T}.test_verify_created_server_vcpus": {"idempotent_id": "id-${ID('2')}"}}
        }
    },
    "test_repositories": {},
    "components": {
        "os_powered_compute": {
            "capabilities": {"removed": [], "required": ["compute-servers-list"], "advisory": [
                "compute-servers-verify"
            ], "deprecated": []},
            "designated_sections": {"required": ["nova"]}
        }
    },
    "platforms": {"OpenStack Powered Compute": {"description": "é", "components": [{"name": "os_powered_compute"}]}},
    "metadata": {
        "source": "https://example.org/EDITION.json", "schema": "2.0",
        "id": "EDITION",
        "os_trademark_approval": {"status": "STANDING", "releases": ["zed"], "replaces": "REPLACED", "target_approval": "2099.01"},
        "scoring": {"cutoff_score": 6, "criteria": {"atomic": {"name": "A", "description": "ä", "weight": 6}, "doc": {"name": "D", "description": "d", "weight": 8}}}
    }
}
`;

const NEXT = BASE.replaceAll('EDITION', 'next').replace('STANDING', 'draft').replace('REPLACED', '2099.01');
const APPROVED = BASE.replaceAll('EDITION', '2099.01').replace('STANDING', 'approved').replace('REPLACED', '2098.06');

type Pairs = readonly (readonly [from: string, to: string])[];

interface Case {
  readonly rule: string;
  readonly title: RegExp;
  /** What is wrong in the file that is open. */
  readonly defect: Pairs;
  /** What the fix does to that file (or to `next`); missing when it gives back the file as it was. */
  readonly repair?: Pairs;
  /** The file that is open: the draft, unless it is said otherwise. */
  readonly file?: 'next' | '2099.01';
  /** Changes of the other file before the server starts to look. */
  readonly other?: Pairs;
  /** The fix is made in the other file. */
  readonly editsOther?: boolean;
}

const GONE_ID = ID('9');
const VERIFY = `"${T}.test_verify_created_server_vcpus": {"idempotent_id": "id-${ID('2')}"}`;
const DISKS = `                "${T}.test_disks": { "idempotent_id":"id-${ID('4')}",
                    "flagged": {"reason": "[D401] Ungültig – 試験", "action": "…", "date": "2099-01-01"} }`;
const LIST = `                "${T}.test_list_servers" : {
                    "aliases": ["${T}.test_staré", "${T}.test_older"],
                    "idempotent_id": "id-${ID('1')}"
                }`;

const CASES: readonly Case[] = [
  {
    rule: 'IL401',
    title: /Write "achievements"/,
    defect: [['"achievements": ["atomic",', '"acheivements": ["atomic",']],
  },
  {
    rule: 'IL403',
    title: /Write "required_since"/,
    defect: [['"required_since": "2099.01"', '"required-since": "2099.01"']],
  },
  { rule: 'IL404', title: /Write "doc"/, defect: [['"doc"]', '"docs"]']] },
  {
    rule: 'IL405',
    title: /Remove it from advisory/,
    defect: [
      [
        '                "compute-servers-verify"\n',
        '                "compute-servers-verify",\n                "gone-cap"\n',
      ],
    ],
  },
  {
    rule: 'IL405',
    title: /Add an empty capability "fresh-cap"/,
    defect: [['"deprecated": []', '"deprecated": ["fresh-cap"]']],
    repair: [
      [
        `"tests": {${VERIFY}}\n        }\n    },`,
        `"tests": {${VERIFY}}\n        },\n        "fresh-cap": {\n            "achievements": [],\n            "admin": false,\n            "description": "",\n            "project": "",\n            "required_since": "",\n            "tests": {}\n        }\n    },`,
      ],
    ],
  },
  {
    rule: 'IL406',
    title: /advisory/,
    defect: [['"advisory": [\n                "compute-servers-verify"\n            ]', '"advisory": [  ]']],
    repair: [['"advisory": [  ]', '"advisory": [\n                "compute-servers-verify"\n            ]']],
  },
  {
    rule: 'IL408',
    title: /Remove it from removed/,
    defect: [['"removed": []', '"removed": ["compute-servers-list"]']],
  },
  { rule: 'IL412', title: /id-1111/, defect: [[`id-${ID('1')}`, 'id-12']] },
  { rule: 'IL413', title: /^Write id-/, defect: [[`id-${ID('1')}"`, `id-${ID('1')},smoke,image"`]] },
  {
    rule: 'IL414',
    title: /^Add id-2222/,
    defect: [[VERIFY, VERIFY.replace(/\{.*\}/, '{}')]],
    repair: [
      [
        VERIFY.replace(/\{.*\}/, '{}'),
        VERIFY.replace(/\{.*\}/, `{\n                "idempotent_id": "id-${ID('2')}"\n            }`),
      ],
    ],
  },
  { rule: 'IL415', title: /^Write id-/, defect: [[`"id-${ID('2')}"`, `"${ID('2')}"`]] },
  { rule: 'IL416', title: /Write "flagged"/, defect: [['"flagged": {"reason"', '"flag": {"reason"']] },
  { rule: 'IL417', title: /Write \[D401\]/, defect: [['[D401] Ungültig', 'D401: Ungültig']] },
  {
    rule: 'IL419',
    title: /^Suggestion: Date the flag/,
    defect: [[', "date": "2099-01-01"', '']],
    repair: [['"action": "…"}', '"action": "…", "date": "TODAY"}']],
  },
  { rule: 'IL420', title: /Write "next"/, defect: [['"id": "next"', '"id": "dns.next"']] },
  {
    rule: 'IL424',
    title: /Remove the alias/,
    defect: [[`"${T}.test_older"]`, `"${T}.test_older", "${T}.test_staré"]`]],
  },
  {
    rule: 'IL426',
    title: /to advisory/,
    defect: [],
    other: [
      ['"required": ["compute-servers-list"]', '"required": []'],
      ['        "compute-servers-list": {"desc', '        "compute-servers-other": {"desc'],
    ],
    repair: [
      ['"required": ["compute-servers-list"]', '"required": []'],
      [
        '                "compute-servers-verify"\n',
        '                "compute-servers-verify",\n                "compute-servers-list"\n',
      ],
    ],
  },
  {
    rule: 'IL427',
    title: /to deprecated/,
    defect: [
      ['"required": ["compute-servers-list"]', '"required": []'],
      ['"removed": []', '"removed": ["compute-servers-list"]'],
    ],
    repair: [
      ['"removed": ["compute-servers-list"]', '"removed": []'],
      ['"deprecated": []}', '"deprecated": [\n                "compute-servers-list"\n            ]}'],
    ],
  },
  {
    rule: 'IL428',
    title: /^Suggestion: Copy the flag to next/,
    file: '2099.01',
    defect: [],
    other: [
      [
        ',\n                    "flagged": {"reason": "[D401] Ungültig – 試験", "action": "…", "date": "2099-01-01"} }',
        ' }',
      ],
    ],
    editsOther: true,
    repair: [
      [
        `"idempotent_id":"id-${ID('4')}" }`,
        `"idempotent_id":"id-${ID('4')}", "flagged": {"reason": "[D401] Ungültig – 試験", "action": "…", "date": "2099-01-01"} }`,
      ],
    ],
  },
  {
    rule: 'IL430',
    title: /^Suggestion: Flag the test as removed/,
    defect: [
      [
        `.test_verify_created_server_vcpus": {"idempotent_id": "id-${ID('2')}"`,
        `.test_weg": {"idempotent_id": "id-${GONE_ID}"`,
      ],
    ],
    repair: [
      [
        `"id-${GONE_ID}"}`,
        `"id-${GONE_ID}", "flagged": {"reason": "[D406] The test was removed from its suite.", "action": "Remove the test from the next guideline.", "date": "TODAY"}}`,
      ],
    ],
  },
  { rule: 'IL431', title: /id-2222/, defect: [[`id-${ID('2')}`, `id-${GONE_ID}`]] },
  {
    rule: 'IL432',
    title: /^Adopt/,
    defect: [['.test_verify_created_server_vcpus"', '.test_größe"']],
    repair: [
      [
        `.test_größe": {"idempotent_id": "id-${ID('2')}"}`,
        `.test_verify_created_server_vcpus": {"idempotent_id": "id-${ID('2')}", "aliases": ["${T}.test_größe"]}`,
      ],
    ],
  },
  {
    rule: 'IL432',
    title: /Add .* as alias/,
    file: '2099.01',
    defect: [['.test_list_servers" :', '.test_größe" :']],
    repair: [[`"${T}.test_older"]`, `"${T}.test_older", "${T}.test_list_servers"]`]],
  },
  {
    rule: 'IL433',
    title: /^Adopt/,
    defect: [['test_create_server.ServersTestJSON.test_list_servers', 'test_staré.ServersTestJSON.test_list_servers']],
    repair: [
      ['test_staré.ServersTestJSON.test_list_servers', 'test_create_server.ServersTestJSON.test_list_servers'],
      [
        `"${T}.test_older"]`,
        `"${T}.test_older", "${T.replace('test_create_server', 'test_staré')}.test_list_servers"]`,
      ],
    ],
  },
  {
    rule: 'IL434',
    title: /Remove the alias/,
    defect: [[`"${T}.test_older"]`, `"${T}.test_older", "${T}.test_disks"]`]],
  },
  {
    rule: 'IL435',
    title: /Remove the alias/,
    defect: [['.test_list_servers" :', '.test_größe" :']],
    repair: [[`"${T}.test_staré", `, '']],
  },
  {
    rule: 'IL437',
    title: /^Adopt/,
    defect: [
      ['.test_list_servers" :', '.test_größe" :'],
      ['.test_older"]', '.test_list_servers"]'],
    ],
    repair: [
      ['.test_größe" :', '.test_list_servers" :'],
      ['.test_list_servers"]', '.test_größe"]'],
    ],
  },
  { rule: 'IL440', title: /Put test_list_servers back/, file: '2099.01', defect: [[`${LIST},\n`, '']] },
  { rule: 'IL440', title: /Put test_disks back/, file: '2099.01', defect: [[`,\n${DISKS}`, '']] },
  { rule: 'IL440', title: /Put 2 tests back/, file: '2099.01', defect: [[`\n${LIST},\n${DISKS}\n            `, '']] },
  { rule: 'IL440', title: /Put test_verify_created_server_vcpus back/, file: '2099.01', defect: [[VERIFY, '']] },
  {
    rule: 'IL440',
    title: /Put the capability back/,
    file: '2099.01',
    defect: [
      [
        BASE.slice(
          BASE.indexOf(',\n        "compute-servers-verify"'),
          BASE.indexOf('\n    },\n    "test_repositories"'),
        ),
        '',
      ],
    ],
  },
  {
    rule: 'IL440',
    title: /Write the key as it is committed/,
    file: '2099.01',
    defect: [['.test_list_servers" :', '.test_neu" :']],
  },
  {
    rule: 'IL440',
    title: /Take the test out/,
    file: '2099.01',
    defect: [[`${DISKS}\n`, `${DISKS},\n                "${T}.test_neu": {"idempotent_id": "id-${GONE_ID}"}\n`]],
  },
];

/** Ways in which the same text may be written down. */
const FORMS: Readonly<Record<string, (text: string) => string>> = {
  'four blanks': (text) => text,
  tabs: (text) => text.replace(/^(?: {4})+/gm, (blanks) => '\t'.repeat(blanks.length / 4)),
  'one blank, no newline at the end': (text) =>
    text.replace(/^(?: {4})+/gm, (blanks) => ' '.repeat(blanks.length / 4)).replace(/\n$/, ''),
  CRLF: (text) => text.replaceAll('\n', '\r\n'),
  'CRLF, tabs, no newline at the end': (text) =>
    text
      .replace(/^(?: {4})+/gm, (blanks) => '\t'.repeat(blanks.length / 4))
      .replace(/\n$/, '')
      .replaceAll('\n', '\r\n'),
};

/** Changes words that stand once. */
function change(text: string, pairs: Pairs): string {
  return pairs.reduce((now, [from, to]) => {
    assert.equal(now.split(from).length, 2, `${JSON.stringify(from)} stands once`);
    return now.replace(from, () => to);
  }, text);
}

function today(): string {
  const now = new Date();
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
}

describe('protocol: every fix of guidelines, byte by byte', function () {
  this.timeout(120_000);

  it('is tried here', () => {
    assert.deepEqual([...new Set(CASES.map(({ rule }) => rule))].sort(), [...FIXED_GUIDELINE_RULES].sort());
  });

  for (const [form, write] of Object.entries(FORMS)) {
    describe(form, () => {
      let folder: string;
      let editor: TestEditor;
      const uris = { next: '', '2099.01': '' };

      before(async () => {
        folder = mkdtempSync(path.join(tmpdir(), 'interop-lens-bytes-'));
        cpSync(path.join(FIXTURE_FOLDER, 'tempest'), path.join(folder, 'tempest'), { recursive: true });
        mkdirSync(path.join(folder, 'guidelines'));
        for (const [name, text] of [
          ['next', NEXT],
          ['2099.01', APPROVED],
        ] as const) {
          const file = path.join(folder, 'guidelines', `${name}.json`);
          writeFileSync(file, write(text));
          uris[name] = toUri(file);
        }
        const host = testHost();
        editor = await TestEditor.startReady({
          folders: [folder],
          capabilities: {
            ...FULL_CAPABILITIES,
            workspace: { ...FULL_CAPABILITIES.workspace, workspaceEdit: { documentChanges: true } },
          },
          host: {
            ...host,
            readCommitted: (uri) => Promise.resolve(uri === uris['2099.01'] ? write(APPROVED) : null),
          },
          initializationOptions: { settings: DEFAULT_SERVER_SETTINGS },
        });
        for (const name of ['next', '2099.01'] as const) {
          await editor.openText(uris[name], readFileSync(path.join(folder, 'guidelines', `${name}.json`), 'utf8'));
        }
      });
      after(async () => {
        await editor.stop();
        rmSync(folder, { recursive: true, force: true });
      });

      for (const [index, one] of CASES.entries()) {
        it(`${one.rule}: ${one.title.source}, ${index}`, async () => {
          const open = one.file ?? 'next';
          const elsewhere = open === 'next' ? '2099.01' : 'next';
          const bases = { next: NEXT, '2099.01': APPROVED };
          const texts = {
            [open]: change(bases[open], one.defect),
            [elsewhere]: change(bases[elsewhere], one.other ?? []),
          } as Record<'next' | '2099.01', string>;
          const edited = one.editsOther === true ? elsewhere : open;
          for (const name of [elsewhere, open] as const)
            await editor.changeText(uris[name], [{ text: write(texts[name]) }]);
          const actions = await askForFixes(editor, uris[open], one);
          const before = write(texts[edited]);
          const results = actions.map(({ edit }) => {
            const changes = (edit?.documentChanges ?? []) as TextDocumentEdit[];
            assert.deepEqual(
              changes.map(({ textDocument }) => textDocument.uri),
              [uris[edited]],
            );
            return TextDocument.applyEdits(
              TextDocument.create(uris[edited], 'json', 1, before),
              changes[0]?.edits ?? [],
            );
          });
          const expected = write(one.repair ? change(texts[edited], one.repair) : bases[edited]).replace(
            'TODAY',
            today(),
          );
          assert.ok(results.length > 0);
          const hit = results.find((result) => Buffer.from(result).equals(Buffer.from(expected)));
          assert.equal(hit ?? results[0], expected);
          // The next one starts from the files as they were, of which nothing is said that a fix would be for.
          for (const name of [open, elsewhere] as const)
            await editor.changeText(uris[name], [{ text: write(bases[name]) }]);
          await editor.waitForDiagnostics(uris[open], (ones) => !ones.some(({ code }) => code === one.rule));
        });
      }
    });
  }
});

/** The actions with that title on the findings of the rule. */
async function askForFixes(editor: TestEditor, uri: string, { rule, title }: Case): Promise<CodeAction[]> {
  const all = await editor.waitForDiagnostics(uri, (ones) => ones.some(({ code }) => code === rule));
  const found = all.filter(({ code }) => code === rule);
  const actions: CodeAction[] = [];
  for (const diagnostic of found) {
    const context = { diagnostics: [diagnostic], only: [CodeActionKind.QuickFix] };
    const offered = await editor.request<CodeAction[] | null>('textDocument/codeAction', {
      textDocument: { uri },
      range: diagnostic.range,
      context,
    });
    const own = (offered ?? []).filter(({ diagnostics }) => diagnostics?.some(({ code }) => code === rule));
    actions.push(...own.filter((action) => action.edit && title.test(action.title)));
    if (actions.length === 0) assert.ok(diagnostic !== found.at(-1), own.map((action) => action.title).join(' | '));
  }
  return actions;
}
