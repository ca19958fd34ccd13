import { HarnessError } from '../../errors.ts';
import type { Folder } from '../folder.ts';
import type { FolderReading } from '../tool.ts';

interface Entry {
  readonly tag: string;
  /** Milliseconds since 1970. */
  readonly when: number;
}

const journal = 'meta/_journal.json';

/**
 * The files that the journal lists, in its order; others never run.
 * @throws HarnessError `bad-journal` for a journal that cannot be read, lists a file that is not there, or is of another dialect
 */
export function read(folder: Folder): FolderReading {
  const entries = readJournal(folder);
  const listed = new Set(entries.map(({ tag }) => `${tag}.sql`));
  const missing = [...listed].find((file) => !folder.files.includes(file));
  if (missing !== undefined) throw unusable(folder, `lists ${missing}, which does not exist`);
  const forgotten = forgottenByExpo(folder, entries);
  if (forgotten !== undefined) throw unusable(folder, `lists ${forgotten}, which migrations.js does not import`);
  return {
    files: entries.map(({ tag, when }) => ({
      file: `${tag}.sql`,
      id: tag,
      ledgerId: String(when),
      name: tag,
      kind: 'sql',
      text: folder.text(`${tag}.sql`),
    })),
    ignored: folder.files
      .filter((file) => file.endsWith('.sql') && !listed.has(file))
      .map((file) => ({ file, reason: 'the journal does not list it, so drizzle never runs it' })),
  };
}

/** Devices run the imports of `migrations.js`; the migrator there throws on an entry that it lacks. */
function forgottenByExpo(folder: Folder, entries: readonly Entry[]): string | undefined {
  if (!folder.files.includes('migrations.js')) return undefined;
  const imports = folder.text('migrations.js');
  return entries.map(({ tag }) => `${tag}.sql`).find((file) => !imports.includes(`/${file}`));
}

function readJournal(folder: Folder): Entry[] {
  const value = parse(folder);
  if (typeof value !== 'object' || value === null || !('entries' in value) || !Array.isArray(value.entries))
    throw unusable(folder, 'has no list of entries');
  const dialect = 'dialect' in value ? value.dialect : 'sqlite';
  if (dialect !== 'sqlite') throw unusable(folder, `has the dialect ${JSON.stringify(dialect)} instead of sqlite`);
  return value.entries.map((entry: unknown, place) => {
    if (typeof entry === 'object' && entry !== null && 'tag' in entry && typeof entry.tag === 'string')
      return { tag: entry.tag, when: numberOf('when', entry) ?? 0 };
    throw unusable(folder, `has an entry without a tag, number ${place + 1}`);
  });
}

function numberOf(key: 'when', entry: object): number | null {
  const value: unknown = Object.entries(entry).find(([name]) => name === key)?.[1];
  return typeof value === 'number' ? value : null;
}

function parse(folder: Folder): unknown {
  try {
    return JSON.parse(folder.text(journal));
  } catch (cause) {
    if (cause instanceof HarnessError) throw cause;
    throw unusable(folder, 'is not JSON', cause);
  }
}

function unusable(folder: Folder, why: string, cause?: unknown): HarnessError {
  const file = folder.shown(journal);
  return new HarnessError('bad-journal', `${file} ${why}.`, {
    remedy: 'Restore the journal from version control, or generate the migrations again with drizzle-kit.',
    facts: { file },
    cause,
  });
}
