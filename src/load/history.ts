import { constants } from 'node:buffer';
import { createHash } from 'node:crypto';
import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { HarnessError } from '../errors.ts';
import type { Base, History, Migration, Statement, Verb } from '../model/history.ts';
import { splitStatements } from '../sql/statements.ts';
import { readDirectives, withoutDirectives } from './directives.ts';
import { refuseForeignFormat } from './formats.ts';
import { ignoredAmong, isSqlFile, namesBelow } from './ignored.ts';
import { readSqlText } from './text.ts';

const numbered = /^(\d+)(?:[-_. ]?(.*?))\.(sql|[cm]?[jt]s|py|go|rb|php|sh)$/is;
const down = /[._-]down\.\w+$/i;
const programs = /\.(?:[cm]?[jt]s|py|go|rb|php|sh)$/i;

/**
 * Reads a folder of numbered SQL files into a History, in the order of their numbers.
 *
 * `NNNN_name.sql` is a migration (any number of digits, `.up.sql` too); `NNNN_name.js` and other programs are kept as
 * code migrations, which are skipped; `.down.sql` files, files without a number and whatever else looks like SQL are ignored
 * and listed. Endings count in letters of any case.
 * @param directory as the user gave it; paths in the result begin with it.
 * @param base a database or SQL file that version 0 starts from, or null.
 * @throws HarnessError `folder-missing`, `folder-empty`, `folder-of-another-tool`, `duplicate-version`,
 * `version-too-large`, `file-unreadable`, `file-not-utf8`, `bad-directive`, `bad-base`
 */
export function loadHistory(directory: string, base: string | null = null): History {
  const entries = readFolder(directory);
  const names = entries
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const below = entries
    .filter((entry) => entry.isDirectory())
    .flatMap((folder) => namesBelow(directory, folder.name).map((name) => `${folder.name}/${name}`));
  refuseForeignFormat(directory, [...names, ...below], (file) =>
    readSqlText(join(directory, file), shown(directory, file)),
  );

  const migrations: Migration[] = [];
  const ignored = ignoredAmong(directory, entries, (name) => shown(directory, name));
  for (const name of names) {
    const match = /\.d\.[cm]?ts$/i.test(name) ? null : numbered.exec(name);
    if (match === null) {
      if (isSqlFile(name))
        ignored.push({ file: shown(directory, name), reason: 'its name does not begin with a number' });
    } else if (down.test(name)) {
      ignored.push({ file: shown(directory, name), reason: 'it is a down migration' });
    } else {
      migrations.push(readMigration(directory, name, readVersion(directory, name, match[1] ?? '')));
    }
  }
  migrations.sort((a, b) => a.version - b.version);
  refuseDuplicates(migrations);
  refuseEmpty(directory, migrations, names);
  ignored.sort((a, b) => (a.file < b.file ? -1 : 1));
  return { directory, base: base === null ? null : readBase(base), migrations, ignored };
}

function readFolder(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (cause) {
    const file = cause instanceof Error && 'code' in cause && cause.code === 'ENOTDIR';
    throw new HarnessError(
      'folder-missing',
      `${directory} ${file ? 'is a file, not a folder' : 'is not a folder that can be read'}.`,
      {
        remedy: 'Name the folder that holds the migrations: rowproof check path/to/migrations',
        facts: { directory },
        cause,
      },
    );
  }
}

function readVersion(directory: string, name: string, digits: string): number {
  const version = Number(digits);
  if (Number.isSafeInteger(version)) return version;
  throw new HarnessError(
    'version-too-large',
    `${shown(directory, name)}: the number ${digits} is larger than 2^53 - 1.`,
    {
      remedy: 'Use a shorter number; a timestamp in milliseconds has 13 digits.',
      facts: { file: shown(directory, name) },
    },
  );
}

function readMigration(directory: string, name: string, version: number): Migration {
  const file = shown(directory, name);
  const bare = name.replace(/(?:\.up)?\.\w+$/i, '');
  const text = readSqlText(join(directory, name), file);
  const hash = createHash('sha256')
    .update(withoutDirectives(text.replaceAll('\r\n', '\n')))
    .digest('hex');
  if (programs.test(name)) {
    return { kind: 'code', version, name: bare, file, statements: [], directives: [], ownTransaction: false, hash };
  }
  const statements = splitStatements(text);
  return {
    kind: 'sql',
    version,
    name: bare,
    file,
    statements,
    directives: readDirectives(text, file),
    ownTransaction: beginsItself(statements),
    hash,
  };
}

/** A file whose first word on transactions is COMMIT or ROLLBACK counts on the one that its tool has begun. */
function beginsItself(statements: readonly Statement[]): boolean {
  return statements.find(({ head }) => transactionVerbs.has(head.verb))?.head.verb === 'begin';
}

const transactionVerbs: ReadonlySet<Verb> = new Set<Verb>(['begin', 'commit', 'rollback']);

function refuseDuplicates(migrations: readonly Migration[]): void {
  migrations.forEach((migration, i) => {
    const next = migrations[i + 1];
    if (next === undefined || next.version !== migration.version) return;
    throw new HarnessError(
      'duplicate-version',
      `${migration.file} and ${next.file} both have version ${migration.version}.`,
      {
        remedy: 'Give one of them another number: which runs first would be chance.',
        facts: { version: migration.version, first: migration.file, second: next.file },
      },
    );
  });
}

function refuseEmpty(directory: string, migrations: readonly Migration[], names: readonly string[]): void {
  if (migrations.some(({ kind }) => kind === 'sql')) return;
  const why =
    migrations.length > 0
      ? `its ${migrations.length} numbered files are programs, which are not run yet`
      : names.length === 0
        ? 'it is empty'
        : `none of its ${names.length} files is named like 0001_name.sql`;
  throw new HarnessError('folder-empty', `${directory} holds no migration: ${why}.`, {
    remedy: 'Name the folder that holds the migrations, or put the first one there as 0001_name.sql.',
    facts: { directory },
  });
}

function readBase(file: string): Base {
  if (!isSqlFile(file)) return { file, kind: 'database', statements: [] };
  // A dump holds data, so that only the longest string of Node is too long.
  const statements = splitStatements(readSqlText(file, file, constants.MAX_STRING_LENGTH));
  if (statements.length > 0) return { file, kind: 'sql', statements };
  throw new HarnessError('bad-base', `${file} holds no SQL statement.`, {
    remedy: 'Name the file that version 0 starts from.',
    facts: { file },
  });
}

/** The path of a file as reports show it: the folder as given, `/` between. */
function shown(directory: string, name: string): string {
  return `${directory.replaceAll('\\', '/').replace(/\/+$/, '')}/${name}`;
}
