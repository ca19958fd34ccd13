import { writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Dataset, FillResult } from '../apply/dataset.ts';
import { hasHazards } from '../apply/hazard-dataset.ts';
import { prepareBase } from '../database/base.ts';
import { type Database, openFile, scratchError } from '../database/connection.ts';
import { copyDatabase } from '../database/copy.ts';
import { createDraft } from '../database/draft.ts';
import { execute } from '../database/execute.ts';
import { readSchema } from '../database/introspect.ts';
import { entryOf, findEntry, openLedger, readLedger, recordApplied } from '../database/ledger.ts';
import { createRowSink } from '../database/row-sink.ts';
import { HarnessError } from '../errors.ts';
import { noteText } from '../explain/notes.ts';
import { findPosition } from '../identity/find.ts';
import { numberOf, versionText } from '../identity/number.ts';
import type { Unfilled } from '../model/dataset.ts';
import type { Base, Migration } from '../model/history.ts';
import type { Note, NoteOf } from '../model/note.ts';
import type { Failure } from '../model/outcome.ts';
import type { SeedRequest, SeedSummary } from '../model/seeding.ts';
import type { Settings } from '../model/settings.ts';
import { sameName } from '../sql/quote.ts';
import { asStep, onDataset } from '../watch/activity.ts';
import { makeDatasets, prepareRecipe } from './datasets.ts';
import { inputsOf } from './inputs.ts';
import type { Project } from './project.ts';

/** The ledger's fixed time, so one seed number gives one file: the moment of faker's "now". */
export const ledgerTime = '2026-01-01T00:00:00.000Z';

/**
 * Makes a database file at a place of the history, with the rows of the datasets of the config: hand-written ones each
 * at their place, generated ones once, at the end. Memory does not grow with rows.
 * @throws HarnessError `unknown-version`, `migration-failed`, `output-unwritable`, `disk-full`; and those of a base, datasets and makers
 */
export async function seedFile(project: Project, request: SeedRequest): Promise<SeedSummary> {
  const { history, config } = project;
  const { file, force = false, progress = () => {} } = request;
  const { at } = request;
  const position = at === undefined ? history.migrations.length : findPosition(history, at, '--at');
  const wanted = history.migrations.slice(0, position);
  const last = wanted.at(-1);
  const draft = createDraft(file, { replace: force, inputs: inputsOf(config) });
  try {
    const datasets = await makeDatasets(project, await prepareRecipe(project));
    await putBase(history.base, config.settings, draft.path);
    const db = openDraft(draft.path, config.settings);
    try {
      const fixture = datasets.find(({ name }) => name === 'fixture');
      const skipped = apply(db, wanted, config.settings, fixture, progress);
      const next = history.migrations[position];
      const generated = datasets.filter((dataset) => dataset !== fixture);
      const fillings = generate(db, wanted, generated, next, progress);
      // Programs have written the ledger of their tool.
      const unwritten = config.settings.toolTables === undefined ? writeLedger(db, wanted) : [];
      const noteFacts = [...skipped, ...fillings.flatMap(({ notes }) => notes), ...unwritten];
      const tables = countRows(db);
      // A migration or the application may have switched it on, and a log beside the file would be left behind.
      db.pragma('journal_mode = DELETE');
      db.close();
      draft.publish();
      return {
        ...{ file, version: last === undefined ? 0 : numberOf(last), position },
        ...{ id: last?.id ?? null, name: last?.name ?? null, tables },
        unfilled: stillEmpty(tables, fillings),
        notes: noteFacts.map(noteText),
        noteFacts,
      };
    } finally {
      db.close();
    }
  } catch (error) {
    throw scratchError(error, `${file} cannot be written`, dirname(resolve(file)));
  } finally {
    draft.dispose();
    project.programs?.dispose();
  }
}

async function putBase(base: Base | null, settings: Settings, path: string): Promise<void> {
  if (base?.kind === 'database') await copyDatabase(base.file, path);
  if (base?.kind !== 'sql') return;
  const db = (await prepareBase(base, settings))();
  writeFileSync(path, db.serialize());
  db.close();
}

/** Opens the draft for speed: a crash discards it anyway. Refused rows still need a journal. */
function openDraft(path: string, settings: Settings): Database {
  const db = openFile(path, settings);
  db.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF');
  return db;
}

/** Applies the migrations, with hand-written rows in between; returns a note on each program, which is not run. */
function apply(
  db: Database,
  migrations: readonly Migration[],
  settings: Settings,
  fixture: Dataset | undefined,
  progress: (what: string) => void,
): NoteOf<'skipped'>[] {
  const skipped: NoteOf<'skipped'>[] = [];
  fixture?.fill(db, { position: 0, restarted: false, state: null });
  for (const migration of migrations) {
    progress(migration.name);
    const run = (): Failure | null => asStep(`Migration ${migration.name}`, () => execute(db, migration, settings));
    const failure = migration.kind === 'code' ? null : run();
    if (failure !== null) throw migrationFailed(migration, failure, skipped);
    if (migration.kind === 'code')
      skipped.push({ code: 'skipped', facts: { migration: migration.name, file: migration.file } });
    fixture?.fill(db, { position: migration.position, restarted: false, state: null });
  }
  return skipped;
}

/**
 * Puts in generated rows; for a dataset with hazards also those that the next step is tried with. A ledger that the
 * project makes itself holds no data: it keeps the rows that it had.
 */
function generate(
  db: Database,
  applied: readonly Migration[],
  datasets: readonly Dataset[],
  next: Migration | undefined,
  progress: (what: string) => void,
): FillResult[] {
  const ledger = readOwnLedger(db);
  const position = applied.length;
  const fillings = datasets.map((dataset) => {
    progress(`making the rows of ${dataset.name}`);
    const fill = () => dataset.fill(db, { position, restarted: false, state: null });
    const filling = onDataset(dataset.name, () =>
      asStep(`Making the rows of version ${versionText(applied, position)}`, fill),
    );
    if (next !== undefined && hasHazards(dataset)) dataset.insertHazards(db, next, position);
    return { ...filling, notes: filling.notes.map((note) => ({ ...note, dataset: dataset.name })) };
  });
  if (ledger !== null) {
    const kept = JSON.stringify(ledger.map((entry) => entry.version));
    db.prepare('DELETE FROM main._migrations WHERE version NOT IN (SELECT value FROM json_each(?))').run(kept);
  }
  return fillings;
}

/** The entries of a ledger that the project has made itself; null if the table is not like rowproof's. */
function readOwnLedger(db: Database): ReturnType<typeof readLedger> {
  try {
    return readLedger(db);
  } catch (error) {
    if (isForeign(error)) return null;
    throw error;
  }
}

/** Writes the ledger as the migrator would; returns a note where the database has another table of its name. */
function writeLedger(db: Database, migrations: readonly Migration[]): Note[] {
  db.exec('BEGIN');
  try {
    openLedger(db);
    for (const migration of migrations) {
      if (findEntry(db, numberOf(migration)) === null) recordApplied(db, entryOf(migration), ledgerTime);
    }
    db.exec('COMMIT');
    return [];
  } catch (error) {
    if (isForeign(error)) return [{ code: 'ledger-left-alone', facts: { message: error.message } }];
    throw error;
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK');
  }
}

function isForeign(error: unknown): error is HarnessError {
  return error instanceof HarnessError && error.code === 'ledger-foreign';
}

/** The reasons for the tables that no dataset could fill. */
function stillEmpty(tables: SeedSummary['tables'], fillings: readonly FillResult[]): Unfilled[] {
  const reasons = new Map(fillings.flatMap(({ unfilled }) => unfilled).map((each) => [each.table, each]));
  return tables.flatMap(({ table, rows }) => (rows === 0 ? (reasons.get(table) ?? []) : []));
}

function countRows(db: Database): { table: string; rows: number }[] {
  const judge = createRowSink(db);
  const tables = readSchema(db).tables.filter(({ name, kind }) => kind !== 'shadow' && !sameName(name, '_migrations'));
  return tables.map(({ name }) => ({ table: name, rows: judge.count(name, []) }));
}

function migrationFailed(migration: Migration, failure: Failure, skipped: readonly Note[]): HarnessError {
  const line = migration.statements.find(({ index }) => index === failure.statement)?.line;
  const place = line === undefined ? migration.file : `${migration.file}:${line}`;
  const remedy = 'Run `rowproof check` to see why, or name an earlier version with --at.';
  return new HarnessError(
    'migration-failed',
    [`${place} failed: ${failure.message}.`, ...skipped.map(noteText)].join(' '),
    {
      remedy,
      facts: { file: migration.file, ...(line !== undefined && { line }) },
    },
  );
}
