import type { CommandSpec } from './commandTable';
import { usageError } from './readArguments';

/**
 * The date that fixes write (yyyy-mm-dd): `--date`, or the day (UTC) of SOURCE_DATE_EPOCH (seconds, as reproducible builds set it), or
 * null. The machine's clock is not asked: the same input is to give the same bytes.
 * @throws ExitError for what is no date
 */
export function readDate(command: CommandSpec, option: string | undefined, epoch: string | undefined): string | null {
  if (option !== undefined) {
    if (!isDate(option)) throw usageError(command, `--date cannot be "${option}"; it takes a day, such as 2026-01-31`);
    return option;
  }
  if (epoch === undefined || epoch === '') return null;
  const day = /^\d{1,12}$/.test(epoch) ? new Date(Number(epoch) * 1000).toISOString().slice(0, 10) : '';
  if (!isDate(day)) throw usageError(command, `SOURCE_DATE_EPOCH is "${epoch}", which is no number of seconds`);
  return day;
}

/** A day that the calendar has, in the form yyyy-mm-dd. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
