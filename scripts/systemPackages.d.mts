/** The path of a program (`chromium`, `git` …) under any of its usual names, or null. */
export function findProgram(name: string): string | null;
