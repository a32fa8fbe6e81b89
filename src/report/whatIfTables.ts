import type { ProfileRegion } from '../model/cloudProfile';
import type { Policy } from '../model/whatIfPolicy';
import type { ChartCell, TestCounts, VerdictCounts } from '../model/whatIfVerdict';
import type {
  PrintedCapabilityVerdict,
  PrintedDesignated,
  PrintedGuidelineVerdict,
  PrintedReason,
  PrintedTestVerdict,
  PrintedWhatIfSite,
  WhatIfReport,
} from './whatIfReport';
import { escapeMarkdown } from './markdown';

const RESOLUTION = 'https://governance.openstack.org/tc/resolutions/20151211-bring-your-own-kernel.html';

/** The chart's rows and columns, in the words of the question of 2015. */
export const CHART_WORDS = {
  linux: 'APIs and a Linux implementation',
  api: 'APIs only',
  one: 'one guest system is enough',
  several: 'the user chooses among several',
} as const;

/** The verdict for a terminal: the chart, then what stands against the required capabilities. */
export function printWhatIfText(report: WhatIfReport): string {
  const { profile, policy, guidelines } = report;
  const lines = [
    `Profile: ${profile.name}`,
    ...profile.regions.map((region) => `  ${describeRegion(region)}`),
    `Policy:  ${describePolicy(policy)}`,
  ];
  for (const guideline of guidelines) lines.push('', ...printGuidelineText(guideline));
  return `${lines.join('\n')}\n`;
}

function printGuidelineText(guideline: PrintedGuidelineVerdict): string[] {
  const lines = [`${guideline.id || guideline.file} (${guideline.file})`];
  for (const { component, verdict, capabilities, tests, decidedBy } of guideline.overall.components)
    lines.push(
      `  ${component}: ${verdict} in ${decidedBy}; capabilities ${countText(capabilities)}; tests ${countText(tests)}`,
    );
  for (const { program, verdict } of guideline.overall.programs) lines.push(`  ${program}: ${verdict}`);
  lines.push('  Chart:', ...guideline.chart.map((cell) => `    ${describeCell(cell)}`));
  for (const line of listSwitchLines(guideline)) lines.push(`  ${line}`);
  for (const { region, guest, components } of guideline.regions) {
    lines.push(`  Region ${region}, guest ${guest ?? 'none'}:`);
    const against = components.flatMap(({ list }) => list).filter(isAgainst);
    if (against.length === 0) lines.push('    nothing stands against a required capability');
    for (const capability of uniqueByName(against)) {
      lines.push(`    ${capability.capability} (${capability.level}): ${capability.verdict}`);
      for (const test of capability.against) lines.push(...printTestText(test).map((line) => `      ${line}`));
    }
  }
  return lines;
}

function printTestText(test: PrintedTestVerdict): string[] {
  const lines = [`${test.verdict} ${shortName(test.test)}`];
  for (const { text, site } of test.reasons) {
    lines.push(`  ${text}`);
    if (site) lines.push(`    ${site.file}:${site.line}: ${describeSite(site)}`, `    by ${describePath(site)}`);
  }
  return lines;
}

/** The verdict as a document that can be sent to a committee: figures and links to evidence. */
export function printWhatIfMarkdown(report: WhatIfReport): string {
  const { profile, policy, guidelines } = report;
  const lines = [
    `# What if: ${escapeMarkdown(profile.name)}`,
    '',
    ...(profile.description === '' ? [] : [escapeMarkdown(profile.description), '']),
    '## What is declared',
    '',
    '| region | servers | guest systems | image upload | answers | options |',
    '| --- | --- | --- | --- | --- | --- |',
    ...profile.regions.map((region) => row(describeRegionCells(region))),
    '',
    `Policy: ${escapeMarkdown(describePolicy(policy))}.`,
    '',
    '## The resolution of 2015-12-11',
    '',
    `What the Technical Committee resolved ("[Compute Requirements for Images and Kernels](${RESOLUTION})"), against what each region declares.`,
    '',
    '| region | images can be uploaded | a Linux guest boots | arbitrary kernels boot | virtual machines |',
    '| --- | --- | --- | --- | --- |',
    ...report.resolution.map(({ region, imageUpload, linuxGuest, anyKernel, virtualMachines }) =>
      row([region, yesNo(imageUpload), yesNo(linuxGuest), yesNo(anyKernel), yesNo(virtualMachines)]),
    ),
    '',
  ];
  for (const guideline of guidelines) lines.push(...printGuidelineMarkdown(guideline));
  lines.push(
    '---',
    '',
    '*holds*: every unflagged test would pass. *blocked*: at least one would not, for the reasons given. *unknown*: the source tree or the',
    'catalogue does not say. A test that is skipped has not passed. Statements on systems other than Linux and BusyBox are from their',
    'documentation, not from runs.',
  );
  return `${lines.join('\n')}\n`;
}

function printGuidelineMarkdown(guideline: PrintedGuidelineVerdict): string[] {
  const name = guideline.id || guideline.file;
  const lines = [
    `## Guideline ${escapeMarkdown(name)}`,
    '',
    `File \`${guideline.file}\`, schema ${guideline.schemaVersion}, ${guideline.status ?? 'no status'}.`,
    '',
    '### The chart',
    '',
    'Required capabilities and their unflagged tests, each once: holding / unknown / blocked. "APIs only" is a run with',
    '`validation.run_validation` off, in which a skipped test is no pass; "chooses among several" asks that a test passes with two guest systems',
    'that have nothing in common.',
    '',
    `| | ${CHART_WORDS.one} | ${CHART_WORDS.several} |`,
    '| --- | --- | --- |',
    ...(['linux', 'api'] as const).map((implementation) =>
      row([
        CHART_WORDS[implementation],
        ...guideline.chart.filter((cell) => cell.implementation === implementation).map(describeCellCounts),
      ]),
    ),
    '',
    ...guideline.chart.flatMap((cell) => listCellNames(cell)),
    '### Components and programs',
    '',
    'What several components require counts in each of them.',
    '',
    '| | verdict | decided in | holds in | capabilities | tests | flagged |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...guideline.overall.components.map(({ component, verdict, decidedBy, heldBy, capabilities, tests }) =>
      row([
        component,
        verdict,
        decidedBy,
        heldBy.join(', ') || '–',
        countText(capabilities),
        countText(tests),
        String(tests.flagged),
      ]),
    ),
    ...guideline.overall.programs.map(({ program, verdict }) => row([program, verdict, '', '', '', '', ''])),
    '',
  ];
  const switches = listSwitchLines(guideline);
  if (switches.length > 0) lines.push('### Switches', '', ...switches.map((line) => `- ${escapeMarkdown(line)}`), '');
  for (const { region, guest, components } of guideline.regions) {
    lines.push(`### Region ${escapeMarkdown(region)}, guest ${guest ?? 'none'}`, '');
    const against = uniqueByName(components.flatMap(({ list }) => list).filter(isAgainst));
    if (against.length === 0) lines.push('Nothing stands against a required capability.', '');
    for (const capability of against) lines.push(...printCapabilityMarkdown(capability));
  }
  return lines;
}

function printCapabilityMarkdown(capability: PrintedCapabilityVerdict): string[] {
  const lines = [
    `- **${escapeMarkdown(capability.capability)}** ([${capability.file}:${capability.line}](${link(capability)})): ${capability.verdict}; tests ${countText(capability.tests)}, ${capability.tests.flagged} flagged`,
  ];
  for (const designated of capability.designated) lines.push(`  - ${describeDesignated(designated)}`);
  for (const test of capability.against) {
    const target = test.target ?? test;
    lines.push(`  - ${test.verdict}: [${escapeMarkdown(shortName(test.test))}](${link(target)})`);
    for (const reason of test.reasons) lines.push(...printReasonMarkdown(reason).map((line) => `    ${line}`));
  }
  return [...lines, ''];
}

/** What has to be in the product, and what expressly need not be. */
function describeDesignated({ project, sections, file, line, status }: PrintedDesignated): string {
  const names = (wanted: boolean): string =>
    sections
      .filter(({ designated }) => (designated !== false) === wanted)
      .map(({ name }) => escapeMarkdown(name))
      .join(', ') || 'none';
  return `designated sections of ${escapeMarkdown(project)} ([${status}](${file}#L${line})): ${names(true)}; not designated: ${names(false)}`;
}

function printReasonMarkdown({ text, site }: PrintedReason): string[] {
  if (!site) return [`- ${text}`];
  const path = site.path.map((step) => `[${escapeMarkdown(step.function)}](${step.file}#L${step.line})`).join(' → ');
  const rules = site.rules.length > 0 ? ` ${site.rules.join(', ')}` : '';
  const other = site.alternative === null ? '' : `; the same question there: \`${site.alternative}\``;
  return [
    `- ${text}${other}`,
    `  - [${site.file}:${site.line}](${link(site)}) ${site.kind}${site.command === '' ? '' : ` \`${oneLine(site.command)}\``}${rules}; by ${path}`,
  ];
}

/** What the switches C, D, E and H have to say, one line each. */
function listSwitchLines({ upload, mustRun, guestCapabilities, flavors }: PrintedGuidelineVerdict): string[] {
  const lines: string[] = [];
  if (upload) {
    lines.push(`C, uploaded image is run: ${upload.verdict}; ${upload.text}`);
    lines.push(
      `C, tests of the tree that go all the way: ${upload.candidates.map(({ name }) => shortName(name)).join(', ') || 'none'}`,
    );
    lines.push(
      `C, capabilities with such a test: ${upload.proved.join(', ') || 'none'}; required ones that boot a server without: ${upload.unproved.length}`,
    );
  }
  for (const { os, verdict, region, against } of mustRun)
    lines.push(
      `D, ${os} must run: ${verdict}${region === null ? '; no region declares it' : ` in ${region}`}${against.length > 0 ? `; against it: ${against.join(', ')}` : ''}`,
    );
  for (const { os, name, verdict, region, tests } of guestCapabilities)
    lines.push(
      `E, ${name}: ${verdict}${region === null ? `; no region declares ${os}` : ` in ${region}; tests ${countText(tests)}`}`,
    );
  for (const { flavor, verdict, capabilities, against } of flavors)
    lines.push(
      `H, ${flavor}: ${verdict}; capabilities ${countText(capabilities)}${against.length > 0 ? `; against it: ${against.join(', ')}` : ''}`,
    );
  return lines;
}

function listCellNames(cell: ChartCell): string[] {
  const named = [
    ...(cell.blocked.length > 0 ? [`blocked: ${cell.blocked.join(', ')}`] : []),
    ...(cell.unknown.length > 0 ? [`unknown: ${cell.unknown.join(', ')}`] : []),
  ];
  if (named.length === 0) return [];
  return [
    `- ${CHART_WORDS[cell.implementation]}, ${CHART_WORDS[cell.guests]}: ${escapeMarkdown(named.join('; '))}`,
    '',
  ];
}

function describeCell(cell: ChartCell): string {
  const names = cell.blocked.length > 0 ? `; blocked: ${cell.blocked.join(', ')}` : '';
  return `${CHART_WORDS[cell.implementation]}, ${CHART_WORDS[cell.guests]}: ${cell.verdict}; capabilities ${countText(cell.capabilities)}; tests ${countText(cell.tests)}${names}`;
}

function describeCellCounts({ verdict, capabilities, tests }: ChartCell): string {
  const counts = (of: VerdictCounts): string => `${of.holds} / ${of.unknown} / ${of.blocked}`;
  return `**${verdict}**: ${counts(capabilities)} capabilities, ${counts(tests)} tests`;
}

function describeRegion(region: ProfileRegion): string {
  const [name, servers, guests, upload, answers, options] = describeRegionCells(region);
  return `${name}: ${servers}, guests ${guests}, upload ${upload}, answers ${answers}${options === '–' ? '' : `, ${options}`}`;
}

function describeRegionCells(region: ProfileRegion): string[] {
  const guests = region.guests.map(({ os, tools }) =>
    tools === 'any' ? `${os} with any tool` : tools.length > 0 ? `${os} with ${tools.join(', ')}` : os,
  );
  const options = Object.entries(region.options).map(([name, value]) => `${name} = ${String(value)}`);
  return [
    region.name,
    region.virtualization,
    guests.join('; ') || 'none',
    region.imageUpload,
    region.reachability.join(', ') || 'nothing',
    options.sort().join('; ') || '–',
  ];
}

/** The switches that are set, with the letters of the document. */
export function describePolicy(policy: Policy): string {
  const parts = [CHART_WORDS[policy.implementation], CHART_WORDS[policy.guests]];
  const set: string[] = [...parts, policy.regions === 'any' ? 'any region (G)' : 'each region (G)'];
  if (policy.rewrites !== 'none') set.push(`${policy.rewrites} rewrites made (A)`);
  if (policy.osBranch) set.push('tests ask for the system of the image (B)');
  if (policy.uploadTest) set.push('an uploaded image has to run (C)');
  if (policy.mustRunOs.length > 0) set.push(`must run ${policy.mustRunOs.join(', ')} (D)`);
  if (policy.guestCapabilities) set.push('a capability per guest system (E)');
  if (policy.containers === 'elsewhere') set.push('containers count elsewhere (F)');
  for (const { name, capabilities } of policy.flavors) set.push(`flavor ${name}: ${capabilities.join(', ')} (H)`);
  if (policy.designatedSections) set.push('designated sections listed (I)');
  return set.join('; ');
}

function isAgainst({ status, verdict }: PrintedCapabilityVerdict): boolean {
  return status === 'required' && verdict !== 'holds';
}

/** A capability that several components require is told once. */
function uniqueByName(list: readonly PrintedCapabilityVerdict[]): readonly PrintedCapabilityVerdict[] {
  return [...new Map(list.map((one) => [one.capability, one])).values()];
}

function countText(counts: VerdictCounts | TestCounts): string {
  return `${counts.holds} hold, ${counts.unknown} unknown, ${counts.blocked} blocked`;
}

function describeSite({ kind, command, rules }: PrintedWhatIfSite): string {
  return `${kind}${command === '' ? '' : ` ${JSON.stringify(command)}`}${rules.length > 0 ? ` [${rules.join(' ')}]` : ''}`;
}

function describePath({ path }: PrintedWhatIfSite): string {
  return path.map((step) => `${step.function} (${step.file}:${step.line})`).join(' > ');
}

/** `Class.test_x` of a dotted name. */
function shortName(name: string): string {
  return name.split('.').slice(-2).join('.');
}

function link({ file, line }: { readonly file: string; readonly line: number }): string {
  return `${file}#L${line}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('`', "'").trim();
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no';
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => (cell.startsWith('**') ? cell : escapeMarkdown(cell))).join(' | ')} |`;
}
