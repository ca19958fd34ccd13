import { basename, resolve } from 'node:path';
import type { Dataset, FillResult } from '../apply/dataset.ts';
import { describePlace, userPlace, wordsOf } from '../blame.ts';
import { type Database, isMachineFault, sqliteError } from '../database/connection.ts';
import { permit, runPermitted } from '../database/guard/permit.ts';
import { HarnessError } from '../errors.ts';
import type { Row, SqlValue } from '../model/connection.ts';
import type { Fixture, SeedContext, SeedRow } from '../model/fixture.ts';
import type { Note } from '../model/note.ts';
import { loadFaker } from '../seed/faker.ts';
import { quoteName, quoteNames } from '../sql/quote.ts';
import { asStatement, asStep } from '../watch/activity.ts';

/** A fault of a seed that neither SQLite nor the seed itself has words for. */
class Complaint extends Error {}

/** A complaint about no line of the seed: the frames above are those of whoever called us. */
function ofWholeFile(message: string): Complaint {
  return Object.assign(new Complaint(message), { stack: message });
}

/** Hand-written rows, each file put in once, when the database reaches its place in the history. */
export async function fixtureDataset(fixtures: readonly Fixture[], seed: number): Promise<Dataset> {
  const fakers = fixtures.some(({ kind }) => kind === 'module') ? await loadFaker() : null;

  const putIn = (db: Database, fixture: Fixture): void => {
    if (fixture.kind === 'sql') {
      runStatements(db, fixture);
      return;
    }
    if (fakers === null) return;
    const faker = fakers(seed, basename(fixture.file));
    try {
      const result: unknown = asStep(`Seed ${fixture.file}`, () => fixture.seed(createContext(db, faker, fixture)));
      if (result instanceof Promise) {
        // Nobody waits for it, and a rejection that nobody hears of ends the process.
        result.catch(() => {});
        throw ofWholeFile('it is asynchronous, and seeds are run synchronously');
      }
      if (db.inTransaction) throw ofWholeFile('it begins a transaction and does not end it');
    } catch (cause) {
      throw threw(fixture.file, cause);
    } finally {
      if (db.inTransaction) db.exec('ROLLBACK');
    }
  };

  return {
    name: 'fixture',
    carriesOver: true,
    fill: (db, { position, restarted }): FillResult => {
      const notes: Note[] = [];
      for (const fixture of fixtures.filter((candidate) => candidate.position === position)) {
        try {
          putIn(db, fixture);
        } catch (error) {
          // After a restart the rows that it builds on may be missing, which is not its fault.
          if (!restarted || !(error instanceof HarnessError) || error.code !== 'bad-seed') throw error;
          notes.push({ code: 'fixture-left-out', facts: { file: fixture.file, reason: sqliteMessage(error) } });
        }
      }
      return { unfilled: [], notes };
    },
  };
}

/** Outside a transaction, so that a file may switch foreign keys to plant what production holds. */
function runStatements(db: Database, fixture: Extract<Fixture, { kind: 'sql' }>): void {
  const keys = db.pragma('foreign_keys', { simple: true });
  try {
    for (const { sql, line } of fixture.statements) {
      try {
        runPermitted(db, sql, { file: fixture.file, line });
      } catch (cause) {
        throw refused(fixture.file, line, cause);
      }
    }
    if (db.inTransaction)
      throw refused(fixture.file, null, new Complaint('it begins a transaction and does not end it'));
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK');
    db.pragma(`foreign_keys = ${keys === 1 ? 'ON' : 'OFF'}`);
  }
}

function createContext(db: Database, faker: SeedContext['faker'], { file, ...at }: Fixture): SeedContext {
  const place = { file, line: null };
  return {
    faker,
    ...{ version: at.version, position: at.position, id: at.id },
    insert: (table, rows) => {
      let rowid: number | bigint = 0;
      for (const row of isList(rows) ? rows : [rows]) rowid = asStatement(file, 0, () => insertRow(db, table, row));
      return rowid;
    },
    run: (sql, ...parameters) => {
      permit(db, sql, place);
      const statement = db.prepare<SqlValue[]>(sql);
      // The driver runs what gives rows, RETURNING for one, by another name.
      asStatement(file, 0, () => (statement.reader ? statement.all(...parameters) : statement.run(...parameters)));
    },
    query: (sql, ...parameters) => {
      permit(db, sql, place);
      return asStatement(file, 0, () => db.prepare<SqlValue[], Row>(sql).all(...parameters));
    },
  };
}

function isList(rows: SeedRow | readonly SeedRow[]): rows is readonly SeedRow[] {
  return Array.isArray(rows);
}

function insertRow(db: Database, table: string, row: SeedRow): number | bigint {
  const given = Object.entries(row).filter(([, value]) => value !== undefined);
  for (const [column, value] of given) refuseValue(table, column, value, row);
  const columns = given.map(([column]) => column);
  const values = given.map(([, value]) => (typeof value === 'boolean' ? Number(value) : value));
  const target = `INSERT INTO ${quoteName(table)}`;
  if (columns.length === 0) return db.prepare(`${target} DEFAULT VALUES`).run().lastInsertRowid;
  return db.prepare(`${target} (${quoteNames(columns)}) VALUES (${columns.map(() => '?').join(', ')})`).run(...values)
    .lastInsertRowid;
}

/** The driver does not say which of the values it cannot take. */
function refuseValue(table: string, column: string, value: unknown, row: SeedRow): void {
  if (value === null || value instanceof Uint8Array || /^(?:string|number|bigint|boolean)$/.test(typeof value)) return;
  const what =
    value instanceof Date ? 'a Date' : Array.isArray(value) ? 'an array' : `a value of the type ${typeof value}`;
  const form = value instanceof Date ? 'value.toISOString() or value.getTime()' : 'JSON.stringify(value)';
  const others = Object.entries(row).filter(([, each]) => typeof each === 'string' || typeof each === 'number');
  const first = others.map(([name, each]) => ` in the row with ${name} ${JSON.stringify(each)}`)[0] ?? '';
  throw new Complaint(`${table}.${column}${first} is ${what}, which SQLite cannot store; write ${form}`);
}

/** The error that a module threw, with the line that it came from. */
function threw(file: string, cause: unknown): unknown {
  const place = userPlace(cause);
  if (place === null) return refused(file, null, cause);
  if (place.file === resolve(file)) return refused(file, place.line, cause);
  return refused(file, null, cause, ` (${describePlace(place)})`);
}

function refused(file: string, line: number | null, cause: unknown, behind = ''): unknown {
  if (cause instanceof HarnessError || isMachineFault(cause)) return cause;
  const where = line === null ? file : `${file}:${line}`;
  const words = `${wordsOf(cause)}${behind}`;
  const isOurs = cause instanceof Complaint;
  const isOfRows = isOurs || sqliteError(cause) !== null;
  const fault = isOurs ? words : isOfRows ? `the rows do not fit: ${words}` : `the seed threw: ${words}`;
  return new HarnessError('bad-seed', `${where}: ${fault}`, {
    remedy: isOfRows
      ? 'Correct the seed, or begin its name with the migration after which its rows fit.'
      : 'Correct the seed; rowproof calls its function once, with the rows of earlier seeds in the database.',
    facts: line === null ? { file } : { file, line },
    cause,
  });
}

function sqliteMessage(error: HarnessError): string {
  return sqliteError(error.cause)?.message ?? error.message;
}
