import type { MappedText } from './shellText';
import { isShellName } from './shellWrappers';
import { flatRange, sliceMapped, type RawWord } from './shellWords';

/** The `#!` line at the head of a text (blank lines and indentation before it are what dedent takes away), or null. */
export function findInterpreter(whole: MappedText): RawWord | null {
  const start = whole.text.length - whole.text.trimStart().length;
  if (!whole.text.startsWith('#!', start)) return null;
  const newline = whole.text.indexOf('\n', start);
  const line = whole.text.slice(start, newline < 0 ? undefined : newline).trimEnd();
  const end = start + line.length;
  return { value: sliceMapped(whole, start + 2, end), ...flatRange(whole, start, end), expands: false };
}

/** True for `#!/bin/sh`, `#!/usr/bin/env bash` and the like. */
export function namesShell(interpreter: RawWord): boolean {
  const words = interpreter.value.text.trim().split(/\s+/);
  const program = words[0] ?? '';
  const base = program.slice(program.lastIndexOf('/') + 1);
  const name = base === 'env' ? (words[1] ?? '') : base;
  return name === 'busybox' || isShellName(name);
}

/** User data that cloud-init reads as something else than a script. */
export function looksLikeOtherScript(text: string): boolean {
  const start = text.trimStart();
  return [
    '#cloud-',
    '#ps1',
    '#include',
    '#part-handler',
    '## template',
    'Content-Type:',
    'rem cmd',
    '<powershell',
  ].some((mark) => start.startsWith(mark));
}
