// This room makes the smallest case of a finding and writes it as a script: databases from rows and rows from databases.
import { type Database, sqliteVersion } from '../database/connection.ts';
import { settingsOf } from '../database/execute.ts';
import { readSchema } from '../database/introspect.ts';
import type { Snapshot } from '../database/snapshot.ts';
import type { Side } from '../model/dataset.ts';
import type { Finding } from '../model/finding.ts';
import type { Migration } from '../model/history.ts';
import type { Reproduction } from '../model/reproduction.ts';
import type { Settings } from '../model/settings.ts';
import { type Case, sequenceTable } from '../shrink/case.ts';
import { shrink } from '../shrink/shrink.ts';
import { oldestFor } from '../sql/introduced.ts';
import { buildCase, columnsOf, dropColumns } from './build-case.ts';
import { filesOf } from './folder.ts';
import { masked } from './mask.ts';
import { questionsOf } from './questions.ts';
import { objectKey, readCase } from './read-case.ts';
import { renderScript } from './render.ts';
import { runScript, type ScriptLine, scriptOf } from './script.ts';
import { textsOf } from './texts.ts';

/** How often a migration runs to find the smallest case of one finding. */
export const tryLimit = 300;

/** A database that may show a finding. */
export interface Source {
  readonly side: Side;
  readonly snapshot: Snapshot;
  /** The database before the migration without rows; null where that is not known. */
  readonly empty: Snapshot | null;
  /** The migration as it ran there: a program is what it executed. */
  readonly migration: Migration;
}

/** The inputs of the search. */
export interface ReproductionRequest {
  readonly settings: Settings;
  /** Whether values of production, or of rows made in its shape, may appear. */
  readonly includeValues: boolean;
  /**
   * Whether a migration shows the finding on a database, compared with the same database without rows.
   * @param before what opens the database, and the one without rows.
   */
  readonly shows: (migration: Migration, before: Databases) => boolean;
}

/** The two sides of a case; either is null where SQLite refuses to make it. */
export interface Databases {
  readonly candidate: () => ReturnType<typeof buildCase>;
  readonly baseline: () => ReturnType<typeof buildCase>;
  /** Whether both sides are the same: a case without rows in which nothing is from outside of the migrations. */
  readonly areAlike: boolean;
  /** The same for cases whose sides without rows are the same. */
  readonly key: string;
}

/**
 * Finds the smallest case that shows a finding and writes it as a script, which was run.
 * @param sources where it may be looked for, the best first.
 * @returns null where no script shows it, or where it cannot be shown without values of production.
 */
export function reproduce(
  finding: Finding,
  sources: readonly Source[],
  terms: ReproductionRequest,
): Reproduction | null {
  const questions = questionsOf(finding);
  if (questions === null) return null;
  for (const source of sources) {
    const isHidden = !terms.includeValues && (source.side === 'copy' || source.side === 'profile');
    // A statement that a program executed may hold values of rows.
    if (isHidden && source.migration.statements.some(({ shown }) => shown !== undefined)) continue;
    if (source.migration.callsProgram === true) continue;
    const found = search(finding, source, terms);
    if (found === null) continue;
    const shown = isHidden ? mask(found.smallest, source, terms) : found.smallest;
    if (shown === null) continue;
    const { settings } = terms;
    const migration = asMigration(source.migration, shown);
    const own = settingsOf(migration, settings);
    const script = scriptOf(shown, migration, own, questions);
    const lines = runScript(script, settings);
    if (lines === null || !tells(lines, script.before, script.after)) continue;
    const needsApplication = missingIn(runScript(script, { ...settings, connect: undefined }), settings);
    const needsSqlite = oldestFor(lines.map(({ sql }) => sql));
    const shipped = source.side === 'empty';
    const head = { finding, version: sqliteVersion(settings), needsSqlite, needsApplication, settings: own };
    return {
      script: renderScript(head, lines),
      expected: lines.flatMap(({ printed }) => printed),
      rows: countRows(shown),
      ...{ needsSqlite, needsApplication },
      tries: found.tries,
      isMinimal: found.isMinimal,
      files: filesOf(shown, migration, own, shipped),
    };
  }
  return null;
}

function search(finding: Finding, source: Source, terms: ReproductionRequest): ReturnType<typeof shrink> | null {
  const { settings } = terms;
  const made = source.empty === null ? null : withOpen(source.empty, settings, objectsIn);
  const readings = withOpen(source.snapshot, settings, (db) =>
    readCase(db, source.migration.statements, finding.faults, made),
  );
  let asked = 0;
  const shows = (tried: Case): boolean => {
    asked += 1;
    return showsCase(tried, source, terms);
  };
  const start = [readings.atFault, readings.whole].find((each) => each !== null && shows(each));
  if (start === undefined || start === null) return null;
  const oracle = {
    shows,
    dropColumns: (whole: Case, table: string, columns: readonly string[]) =>
      dropColumns(whole, table, columns, settings),
    columnsOf: (whole: Case, table: string) => columnsOf(whole, table, settings),
  };
  const found = shrink(start, oracle, tryLimit - asked);
  return { ...found, tries: asked };
}

function objectsIn(db: Database): ReadonlySet<string> {
  return new Set(readSchema(db).objects.map(objectKey));
}

function withOpen<T>(snapshot: Snapshot, settings: Settings, work: (db: Database) => T): T {
  const db = snapshot.open(settings);
  try {
    return work(db);
  } finally {
    db.close();
  }
}

function showsCase(tried: Case, { migration, side }: Source, { settings, shows }: ReproductionRequest): boolean {
  const made = tried.schema.filter(({ isOutside }) => !isOutside);
  const areAlike = side === 'empty' || (tried.rows.length === 0 && made.length === tried.schema.length);
  const baseline = areAlike ? tried : { ...tried, schema: made, rows: [] };
  return shows(asMigration(migration, tried), {
    candidate: () => buildCase(tried, settings),
    baseline: () => buildCase(baseline, settings),
    areAlike,
    key: JSON.stringify([
      baseline.schema.map(({ sql }) => sql),
      tried.statements.map(({ sql }) => sql),
      side === 'empty' ? textsOf(tried).rows : [],
    ]),
  });
}

/** The migration with the statements of a case, numbered anew. */
function asMigration(migration: Migration, { statements }: Case): Migration {
  const { program: _program, ...plain } = migration;
  return { ...plain, statements: statements.map((statement, i) => ({ ...statement, index: i + 1 })) };
}

/** The case with other values of the same shape; null where none of them shows the same. */
function mask(found: Case, source: Source, terms: ReproductionRequest): Case | null {
  return masked(found).find((each) => showsCase(each, source, terms)) ?? null;
}

/** Whether a script shows anything: an error, or another answer after the migration than before. */
function tells(lines: readonly ScriptLine[], before: readonly string[], after: readonly string[]): boolean {
  if (lines.some(({ printed }) => printed.some(({ kind }) => kind === 'error'))) return true;
  const answer = (sql: string, last: boolean): string | null => {
    const asked = lines.filter((line) => line.sql === sql);
    const line = last ? asked.at(-1) : asked[0];
    return line === undefined ? null : JSON.stringify(line.printed);
  };
  if (after.length === 0) return lines.some(({ printed }) => printed.length > 0);
  const isSame = after.every(
    (sql) => before.includes(sql) && answer(sql, false) === answer(sql, true) && twice(lines, sql),
  );
  return !isSame;
}

/** Whether a question was asked before and after; one of what was not there before is asked once. */
function twice(lines: readonly ScriptLine[], sql: string): boolean {
  return lines.filter((line) => line.sql === sql).length > 1;
}

/** The names that SQLite misses without the application. */
function missingIn(lines: readonly ScriptLine[] | null, { connect }: Settings): readonly string[] {
  if (connect === undefined) return [];
  const said = (lines ?? []).flatMap(({ printed }) => printed.map(({ text }) => text));
  const names = said.flatMap((text) => /^no such (?:function|module|collation sequence): (.+)$/.exec(text)?.[1] ?? []);
  return lines === null ? ['connect(db)'] : [...new Set(names)];
}

function countRows({ rows }: Case): Record<string, number> {
  const own = rows.filter(({ table }) => table !== sequenceTable);
  return Object.fromEntries([...Map.groupBy(own, ({ table }) => table)].map(([table, { length }]) => [table, length]));
}
