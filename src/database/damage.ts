import { HarnessError } from '../errors.ts';

/** Whether SQLite does not know the number of a schema's format. https://sqlite.org/fileformat2.html#schema_format_number */
export function isOfNewerFormat(message: string): boolean {
  return message === 'unsupported file format';
}

/** The number of reported lines about a damaged file. */
const toldLines = 3;

/**
 * The error of a database that is damaged.
 * @param shownAs the file in words
 * @param lines SQLite's complaints, which hold names and numbers but no values; only the first of many are reported
 */
export function damaged(shownAs: string, lines: readonly string[], cause?: unknown): HarnessError {
  const told = lines.slice(0, toldLines).map(withoutValues);
  const more = lines.length > toldLines ? `; and ${lines.length - toldLines} more` : '';
  return new HarnessError('database-damaged', `${shownAs} is damaged: ${told.join('; ')}${more}.`, {
    remedy: 'Restore it from a backup, or repair it (https://sqlite.org/recovery.html), before any migration runs.',
    facts: { file: shownAs, complaints: lines.length },
    cause,
  });
}

/** A rowid may be the key of a row, and damaged schema text may come from rows. */
function withoutValues(line: string): string {
  return line
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\bRowid -?\d+/g, 'a rowid')
    .replace(/^(malformed database schema).*/, '$1')
    .trim();
}
