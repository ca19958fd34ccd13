import { HarnessError } from '../errors.ts';
import { numberOf, shortId } from '../identity/number.ts';
import type { Migration, Statement } from '../model/history.ts';
import { significantTokens } from '../sql/tokens.ts';
import type { Database } from './connection.ts';
import { permit } from './guard/permit.ts';

/**
 * Refuses migrations that the migrator cannot run, or could not roll back after a failure. It is called before any
 * statement runs, so a refusal changes nothing.
 * @param db a connection, on which nothing is run
 * @param migrations those that are wanted, in order.
 * @throws HarnessError `unsupported`, `statement-refused`
 */
export function refuseUnrunnable(db: Database, migrations: readonly Migration[]): void {
  migrations.forEach((migration, position) => {
    if (migration.kind === 'code') throw isProgram(migration, migrations[position - 1]);
    refuseForbidden(db, migration);
    const stray = strayStatement(migration);
    if (stray !== undefined) throw isNotOneTransaction(migration, stray);
  });
}

/** Asks of every statement already what it will be asked when it runs; what does not compile yet is asked then alone. */
function refuseForbidden(db: Database, { file, statements }: Migration): void {
  for (const { sql, line } of statements) {
    try {
      permit(db, sql, { file, line });
    } catch (error) {
      if (error instanceof HarnessError) throw error;
    }
  }
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

function isProgram(migration: Migration, before: Migration | undefined): HarnessError {
  const { file, position, id } = migration;
  const version = numberOf(migration);
  const first = before === undefined ? 'Run' : `Apply what comes before with --to ${shortId(before)}, run`;
  return new HarnessError('unsupported', `${file} is a program, but the migrator runs only SQL files.`, {
    remedy: `${first} it with its own tool, then go on with --at ${shortId(migration)}.`,
    facts: { file, version, position, id },
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
