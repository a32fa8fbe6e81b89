import { promises as files } from 'node:fs';
import path from 'node:path';
import { explainFailure } from '../engine/node';
import type { CloudProfile } from '../model/cloudProfile';
import { findLineStarts, positionAt } from '../model/text';
import { findMeantWord } from '../model/meantWord';
import { BUILTIN_PROFILES, findBuiltinProfile } from '../policy/builtinProfiles';
import { readProfile } from '../policy/profile/readProfile';
import { ExitError } from './exitError';
import { complain, type Terminal } from './output';

/**
 * The profile that an argument names: a file, or the key or name of a built-in one. Warnings are told on standard error.
 * @throws ExitError when it is neither, or when the file is no whole profile
 */
export async function openProfile(named: string, terminal: Terminal): Promise<CloudProfile> {
  const builtin = findBuiltinProfile(named);
  if (builtin) return builtin;
  const text = await readText(named);
  const { profile, findings } = readProfile(named, text);
  const lineStarts = findLineStarts(text);
  const told = findings.map(({ range, rule, severity, message }) => {
    const { line, character } = positionAt(lineStarts, range.start);
    return { severity, text: `${named}:${line + 1}:${character + 1}: ${rule}: ${message}` };
  });
  if (!profile)
    throw new ExitError(
      told
        .filter(({ severity }) => severity === 'error')
        .map((one) => one.text)
        .join('\n'),
    );
  for (const one of told) complain(terminal, one.text);
  return profile;
}

async function readText(named: string): Promise<string> {
  try {
    return await files.readFile(path.resolve(named), 'utf8');
  } catch (error) {
    const keys = BUILTIN_PROFILES.map(({ key }) => key);
    const looksLikeFile = /[./\\]/.test(named);
    if (looksLikeFile) throw new ExitError(`${explainFailure(named, error)} Check the path.`);
    const meant = findMeantWord(named, keys);
    const hint =
      meant === null ? `Built-in ones are ${keys.join(', ')}` : `Is "${meant}" meant? --list-profiles lists them`;
    throw new ExitError(`whatif: there is no profile "${named}". ${hint}; or name a profile file.`);
  }
}
