import { type Database, openMemory, sqliteError } from '../database/connection.ts';
import type { SqlValue } from '../model/connection.ts';
import type { Migration } from '../model/history.ts';
import type { ExpectedLine } from '../model/reproduction.ts';
import type { Settings } from '../model/settings.ts';
import type { Case } from '../shrink/case.ts';
import type { Questions } from './questions.ts';
import { shortened, textsOf } from './texts.ts';

/** A statement of a script with what the shell prints for it. */
export interface ScriptLine {
  readonly sql: string;
  readonly printed: readonly ExpectedLine[];
}

/** The statements that show a case, by when they run. */
export interface Script {
  /** The database before the migration. */
  readonly setup: readonly string[];
  readonly before: readonly string[];
  /** The migration as its runner runs it. */
  readonly run: readonly string[];
  readonly after: readonly string[];
  /** Whether the migration runs a second time. */
  readonly again: boolean;
}

/** The statements of the runner before COMMIT, if it has switched foreign keys off. */
const keysCheck = 'PRAGMA foreign_key_check';

/**
 * Writes the statements that show a case.
 * @param migration whose directives and transaction count.
 * @param settings those of the migration itself.
 */
export function scriptOf(shown: Case, migration: Migration, settings: Settings, questions: Questions): Script {
  const { tables, rows, objects } = textsOf(shown);
  const { foreignKeys, recursiveTriggers, legacyAlterTable, transaction } = settings;
  const keysOff = transaction !== 'all-pending' && migration.directives.some(({ kind }) => kind === 'foreign-keys-off');
  const own = shown.statements.map(({ sql }) => shortened(sql));
  const isWrapped = transaction !== 'none' && !migration.ownTransaction;
  const check = keysOff && foreignKeys ? [keysCheck] : [];
  return {
    setup: [
      ...tables,
      ...rows,
      ...objects,
      ...(recursiveTriggers ? ['PRAGMA recursive_triggers = ON'] : []),
      ...(legacyAlterTable ? ['PRAGMA legacy_alter_table = ON'] : []),
      ...(foreignKeys && !keysOff ? ['PRAGMA foreign_keys = ON'] : []),
    ],
    run: isWrapped ? ['BEGIN IMMEDIATE', ...own, ...check, 'COMMIT'] : [...own, ...check],
    ...questions,
  };
}

/**
 * Runs a script as the shell does, up to the failure of the migration: the lines after it are left out.
 * @param settings those of the connection; without the application's functions this is the plain shell.
 * @returns each statement with what it prints; null where the database of the script cannot be made.
 */
export function runScript(script: Script, settings: Settings): readonly ScriptLine[] | null {
  const db = openMemory(settings);
  const lines: ScriptLine[] = [];
  const run = (sql: string): readonly ExpectedLine[] => {
    const printed = runOne(db, sql);
    lines.push({ sql, printed });
    return printed;
  };
  const runAll = (): boolean =>
    script.run.some((sql) => {
      const printed = run(sql);
      return printed.some(({ kind }) => kind === 'error') || (sql === keysCheck && printed.length > 0);
    });
  try {
    // The settings of a new connection of the shell.
    db.exec('PRAGMA foreign_keys = OFF; PRAGMA recursive_triggers = OFF; PRAGMA legacy_alter_table = OFF');
    if (script.setup.some((sql) => run(sql).some(({ kind }) => kind === 'error'))) return null;
    for (const sql of script.before) {
      const printed = runOne(db, sql);
      // A question may be about what only the migration makes.
      if (printed.every(({ kind }) => kind === 'row')) lines.push({ sql, printed });
    }
    const failed = runAll();
    if (!failed) for (const sql of script.after) run(sql);
    if (script.again) {
      if (db.inTransaction) run('ROLLBACK');
      runAll();
    }
    return lines;
  } finally {
    db.close();
  }
}

function runOne(db: Database, sql: string): ExpectedLine[] {
  try {
    // A PRAGMA may act as soon as it is prepared, so it is prepared once.
    const statement = db.prepare<[], SqlValue[]>(sql);
    if (!statement.reader) {
      statement.run();
      return [];
    }
    const rows = statement.raw().safeIntegers().all();
    return rows.map((row) => ({ kind: 'row', text: row.map(printedValue).join('|') }));
  } catch (error) {
    const said = sqliteError(error);
    if (said === null) throw error;
    return [{ kind: 'error', text: said.message }];
  }
}

/** A value in the list mode of the shell. */
function printedValue(value: SqlValue): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isInteger(value) ? `${value}.0` : String(Number(value.toPrecision(15)));
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  return String(value);
}
