import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { HarnessError } from '../errors.ts';
import { type Named, readFileName } from '../identity/file-names.ts';
import { positionUpTo, suggest } from '../identity/find.ts';
import { numberIn } from '../identity/number.ts';
import type { History, Migration } from '../model/history.ts';
import type { Invariant } from '../model/invariant.ts';
import { splitStatements } from '../sql/statements.ts';
import { readNames } from './fixtures.ts';
import { isSqlFile } from './ignored.ts';
import { readSqlText } from './text.ts';

const until = /^--\s*rowproof:\s*until\s*=\s*(.*\S)\s*$/m;

/**
 * Reads the invariants of a folder, `NNNN_name.sql`: one SELECT each that must return no rows from the migration NNNN
 * on, by id or number, up to the one of a line `-- rowproof: until=ID` if there is one. A missing folder holds none.
 * @throws HarnessError `bad-invariant`, `file-unreadable`, `file-not-utf8`
 */
export function loadInvariants(directory: string, { migrations }: History): Invariant[] {
  if (!existsSync(directory)) return [];
  return readNames(directory)
    .filter(isSqlFile)
    .map((name) => readInvariant(join(directory, name).replaceAll('\\', '/'), name, migrations));
}

function readInvariant(file: string, name: string, migrations: readonly Migration[]): Invariant {
  const bare = name.replace(/\.sql$/i, '');
  const named = readFileName(migrations, bare);
  if (named === null)
    throw refused(
      file,
      'its name does not begin with a version',
      'Name it like 0002_every_pipeline_has_a_publisher.sql.',
    );
  const text = readSqlText(file);
  const statements = splitStatements(text);
  const [first] = statements;
  if (first === undefined || statements.length > 1 || first.head.verb !== 'select') {
    throw refused(file, 'it is not one SELECT', 'Write one SELECT that returns the rows which must not exist.');
  }
  const end = until.exec(text)?.[1];
  return {
    name: named.rest || name,
    file,
    sql: first.sql,
    from: begins(named, migrations),
    until: end === undefined ? null : ends(file, end, migrations),
  };
}

/** A number that no migration has stands for the first one above it. */
function begins({ meant, number }: Named, migrations: readonly Migration[]): number {
  const [first] = meant;
  if (first !== undefined) return first.position;
  if (number === 0n) return 0;
  const above = migrations.find(({ id }) => (numberIn(id) ?? -1n) > (number ?? 0n));
  return above?.position ?? migrations.length + 1;
}

/** A number that no migration has stands for the last one below it, one beyond all for ever. */
function ends(file: string, said: string, migrations: readonly Migration[]): number {
  const position = positionUpTo(migrations, said);
  if (position !== null) return position;
  if (/^\d+$/.test(said)) return migrations.length;
  throw refused(file, `until=${said} names no migration`, suggest(migrations, said));
}

function refused(file: string, why: string, remedy: string): HarnessError {
  return new HarnessError('bad-invariant', `${file} is not usable: ${why}.`, { remedy, facts: { file } });
}
