import { HarnessError } from '../errors.ts';
import type { Migration, Statement } from '../model/history.ts';
import { significantTokens } from '../sql/tokens.ts';

/**
 * Refuses migrations that the migrator cannot run, or could not take back when they fail. It is asked before anything is
 * run, so that nothing has changed when it refuses.
 * @param migrations those that are wanted, in order.
 * @throws HarnessError `unsupported`
 */
export function refuseUnrunnable(migrations: readonly Migration[]): void {
  migrations.forEach((migration, position) => {
    if (migration.kind === 'code') throw isProgram(migration, migrations[position - 1]);
    refuseOtherFiles(migration);
    const stray = strayStatement(migration);
    if (stray !== undefined) throw isNotOneTransaction(migration, stray);
  });
}

/**
 * Refuses a migration that attaches or writes a file, which would be a real one, beside a copy that is not.
 * @throws HarnessError `unsupported`
 */
export function refuseOtherFiles({ file, statements }: Migration): void {
  const stray = statements.find(({ sql }) => attachesFile(sql) || writesFile(sql));
  if (stray === undefined) return;
  throw new HarnessError('unsupported', `${file}:${stray.line} writes to another database file, which is not run.`, {
    remedy: 'Move the statement out of the migration; rowproof copies and watches one database.',
    facts: { file, line: stray.line },
  });
}

function attachesFile(sql: string): boolean {
  if (!/^attach\b/i.test(sql)) return false;
  const words = significantTokens(sql).map(({ text }) => text);
  const [source, as] = words.slice(words[1]?.toUpperCase() === 'DATABASE' ? 2 : 1);
  // In memory, or in a file that SQLite takes away: https://sqlite.org/inmemorydb.html
  return as?.toUpperCase() !== 'AS' || (source !== "':memory:'" && source !== "''");
}

function writesFile(sql: string): boolean {
  return /^vacuum\b/i.test(sql) && significantTokens(sql).some(({ text }) => text.toUpperCase() === 'INTO');
}

/** The first statement that is not in one transaction with the rest of its file. */
function strayStatement({ ownTransaction, statements }: Migration): Statement | undefined {
  let place: 'before' | 'inside' | 'after' = ownTransaction ? 'before' : 'inside';
  for (const statement of statements) {
    const { verb } = statement.head;
    if (place === 'before' && verb === 'begin') {
      place = 'inside';
    } else if (place !== 'inside') {
      if (verb !== 'pragma' || writesHeader(statement)) return statement;
    } else if (verb === 'commit') {
      if (!ownTransaction) return statement;
      place = 'after';
    } else if (verb === 'rollback' && !returnsToSavepoint(statement)) {
      return statement;
    }
  }
  return undefined;
}

function returnsToSavepoint({ sql }: Statement): boolean {
  return significantTokens(sql).some(({ text }) => text.toUpperCase() === 'TO');
}

/** Numbers in the header of the file; other pragmas change the connection, or what can be set twice without harm. */
function writesHeader({ sql }: Statement): boolean {
  const words = significantTokens(sql).map(({ text }) => text.toLowerCase());
  const name = words[2] === '.' ? words[3] : words[1];
  return name === 'user_version' || name === 'application_id' || name === 'schema_version';
}

function isProgram({ file, version }: Migration, before: Migration | undefined): HarnessError {
  const first = before === undefined ? 'Run' : `Apply what comes before with --to ${before.version}, run`;
  return new HarnessError('unsupported', `${file} is a program, and the migrator runs SQL files alone.`, {
    remedy: `${first} it with its own tool, then go on with --at ${version}.`,
    facts: { file, version },
  });
}

function isNotOneTransaction({ file }: Migration, { line }: Statement): HarnessError {
  return new HarnessError(
    'unsupported',
    `${file}:${line}: the file is not one transaction, so a failure could leave half of it behind.`,
    {
      remedy: 'Leave BEGIN and COMMIT to the migrator, or put all but PRAGMA between one BEGIN and one COMMIT.',
      facts: { file, line },
    },
  );
}
