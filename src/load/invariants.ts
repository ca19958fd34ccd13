import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { HarnessError } from '../errors.ts';
import type { Invariant } from '../model/invariant.ts';
import { splitStatements } from '../sql/statements.ts';
import { readNames } from './fixtures.ts';
import { isSqlFile } from './ignored.ts';
import { readSqlText } from './text.ts';

const named = /^(\d+)\D?(.*)\.sql$/is;
const until = /^--\s*rowproof:\s*until\s*=\s*(\d+)\s*$/m;

/**
 * Reads the invariants of a folder, `NNNN_name.sql`: one SELECT each that must return no rows from version NNNN on, up to
 * the version of a line `-- rowproof: until=VERSION` if there is one. A folder that is not there holds none.
 * @throws HarnessError `bad-invariant`, `file-unreadable`, `file-not-utf8`
 */
export function loadInvariants(directory: string): Invariant[] {
  if (!existsSync(directory)) return [];
  return readNames(directory)
    .filter(isSqlFile)
    .map((name) => readInvariant(join(directory, name).replaceAll('\\', '/'), name));
}

function readInvariant(file: string, name: string): Invariant {
  const match = named.exec(name);
  if (match === null)
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
    name: (match[2] ?? '') || name,
    file,
    sql: first.sql,
    from: Number(match[1]),
    until: end === undefined ? null : Number(end),
  };
}

function refused(file: string, why: string, remedy: string): HarnessError {
  return new HarnessError('bad-invariant', `${file} is not usable: ${why}.`, { remedy, facts: { file } });
}
