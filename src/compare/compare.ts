// This room finds what differs between the outcomes of a step, and has no opinion on it.
import type { Comparison, Difference, ObjectDifference } from '../model/comparison.ts';
import type { Side } from '../model/dataset.ts';
import type { Migration } from '../model/history.ts';
import type { Applied, Failed, Orphans, Outcome, State, Violations } from '../model/outcome.ts';
import type { Schema, SchemaPair } from '../model/schema.ts';
import { type Lineage, readLineage } from '../sql/lineage.ts';
import { sameName } from '../sql/quote.ts';
import { findAddedRows } from './added-rows.ts';
import { findBrokenObjects } from './broken.ts';
import { type FailedTable, failureTable, isValidation, siteOf, stopsOnPurpose, tableAtFailure } from './failure.ts';
import { findLeftOut } from './left-out.ts';
import { findLostParts } from './lost-parts.ts';
import { originOf } from './origin.ts';
import { findFewerRows } from './rows.ts';
import { diffSchemas, newDifferences } from './schema-diff.ts';
import { findResetSequences } from './sequences.ts';
import { findStaleReferences } from './stale-references.ts';
import { findUnreadableRows } from './unreadable.ts';
import { findChangedValues, findDuplicates } from './values.ts';
import { findNeverEqual, findNullsInLists } from './without-effect.ts';

/** The ledger exists in production and not in a test; it does not belong to a history. */
const ledger: ReadonlySet<string> = new Set(['_migrations']);

/**
 * Compares one side of a step, before with after, and its schema with the baseline's.
 * @param baseline the outcome on the empty side; the same as `outcome` when the side is `empty`.
 * @returns the comparison, of a program with what it executed on this side.
 */
export function compareSide(planned: Migration, side: Side, outcome: Outcome, baseline: Outcome): Comparison {
  const migration = asRun(planned, outcome);
  const lineage = readLineage(migration);
  return { migration, side, differences: findDifferences(migration, lineage, side, outcome, baseline) };
}

/** A migration as it ran: a program is what it executed there. */
export function asRun(migration: Migration, outcome: Outcome): Migration {
  return ('ran' in outcome ? outcome.ran : undefined) ?? migration;
}

/**
 * Compares the schema of a database that has run a history with the one that the history makes. Objects that the history
 * does not know are nobody's fault: tools and people add them.
 */
export function compareDrift(migration: Migration, baseline: Schema, production: Schema): Comparison {
  const objects = diffSchemas(baseline, production, ledger).filter((object) => object.baseline !== null);
  return { migration, side: 'copy', differences: objects.length > 0 ? [{ kind: 'drift', objects }] : [] };
}

/**
 * The differences of production from a new database after all pending migrations, beyond those from before.
 * @param before the schemas before anything pending has run.
 */
export function compareHeads(before: SchemaPair, after: SchemaPair): ObjectDifference[] {
  const had = diffSchemas(before.baseline, before.production, ledger);
  const has = diffSchemas(after.baseline, after.production, ledger).filter(({ baseline }) => baseline !== null);
  return newDifferences(had, has);
}

function findDifferences(
  migration: Migration,
  lineage: Lineage,
  side: Side,
  outcome: Outcome,
  baseline: Outcome,
): Difference[] {
  if (outcome.status === 'failed') return findFailure(migration, lineage, side, outcome, baseline);
  if (outcome.status !== 'applied') return [];
  const { before, after } = outcome;
  const broken = findBrokenObjects(lineage, before, after);
  return [
    ...(baseline.status === 'applied' && side !== 'empty' ? schemaDifferences(outcome, baseline) : []),
    ...findFewerRows(migration, lineage, outcome),
    ...findLeftOut(lineage, outcome),
    ...(side === 'empty' ? [] : findAddedRows(migration, lineage, outcome, baseline, ledger)),
    ...findDuplicates(outcome),
    ...findChangedValues(outcome, side),
    ...(side === 'empty' ? [] : findResetSequences(migration, lineage, outcome)),
    ...withoutBrokenKeys(findOrphans(lineage, before, after), broken),
    ...findViolations(before, after),
    ...findIntegrity(before, after),
    ...outcome.stale.map(
      ({ name, content }): Difference => ({ kind: 'stale-index', table: name, content, statement: null }),
    ),
    ...outcome.dropped.map(
      ({ column, ...each }): Difference => ({ kind: 'dropped-values', columns: [column], ...each }),
    ),
    ...findNullsInLists(migration, lineage, outcome),
    ...findNeverEqual(migration, lineage, outcome),
    ...outcome.answers.map(({ view, ...each }): Difference => ({ kind: 'other-answer', table: view, ...each })),
    ...findUnreadableRows(migration, lineage, before, after),
    ...broken,
    ...findStaleReferences(migration, lineage, before, after),
    ...findLostParts(migration, lineage, before.schema, after.schema),
  ];
}

/** The differences of a migration that failed. */
function findFailure(
  migration: Migration,
  lineage: Lineage,
  side: Side,
  outcome: Failed,
  baseline: Outcome,
): Difference[] {
  const { failure, leftBehind } = outcome;
  const site = siteOf(migration, lineage, outcome.before, baseline);
  const table = failureTable(failure, site);
  const left = leftBehind.length > 0;
  const held = tableAtFailure(failure, site, outcome.held);
  if (side === 'empty') return [{ kind: 'failed-on-empty', failure, table, leftBehind: left }];
  const { statement } = failure;
  const validated = isValidation(failure, outcome.before.schema);
  const deliberate = stopsOnPurpose(failure, migration);
  const origin = originOf(
    failure,
    migration,
    outcome.before.schema,
    'before' in baseline ? baseline.before.schema : null,
  );
  const failed: Difference = {
    ...{ kind: 'failed-on-rows', failure, table, held, validated, deliberate },
    ...{ leftBehind: left, statement, origin },
  };
  if (!left) return [failed];
  return [
    failed,
    { kind: 'left-behind', failure, table, changes: leftBehind, statement, origin },
    ...findStuck(outcome, site),
  ];
}

/** A user who corrects the rows and runs the migration again must get past the remains of the first run. */
function findStuck({ failure, retry }: Failed, site: FailedTable): Difference[] {
  const first = failure.statement;
  if (retry === null || (retry.statement ?? Infinity) >= (first ?? Infinity)) return [];
  return [{ kind: 'stuck', failure: retry, table: failureTable(retry, site), first }];
}

function schemaDifferences(candidate: Applied, baseline: Applied): Difference[] {
  const had = diffSchemas(baseline.before.schema, candidate.before.schema, ledger);
  const has = diffSchemas(baseline.after.schema, candidate.after.schema, ledger);
  const objects = newDifferences(had, has);
  return objects.length > 0 ? [{ kind: 'schema', objects }] : [];
}

/**
 * Orphans beyond those of before. A key is known by its columns, or, where those were renamed, by its table and parent;
 * both under the names that they have at the end.
 */
function findOrphans(lineage: Lineage, before: State, after: State): Difference[] {
  const nameAtEnd = (table: string): string => lineage.nameAtEnd(table, 1) ?? table;
  const known = before.orphans.map((orphans) => ({
    ...orphans,
    table: nameAtEnd(orphans.table),
    parent: nameAtEnd(orphans.parent),
  }));
  return after.orphans.flatMap((orphans): Difference[] => {
    const { table, columns, parent } = orphans;
    const surplus = Math.min(
      countAlike(after.orphans, orphans, isSameKey) - countAlike(known, orphans, isSameKey),
      countAlike(after.orphans, orphans, isSameLink) - countAlike(known, orphans, isSameLink),
    );
    if (surplus <= 0) return [];
    const parentExists = after.schema.tables.some(({ name }) => sameName(name, parent));
    const declaredBefore = before.schema.tables.some(
      ({ name, foreignKeys }) =>
        sameName(nameAtEnd(name), table) &&
        foreignKeys.some((key) => sameNames(key.columns, columns) && sameName(nameAtEnd(key.parent), parent)),
    );
    return [
      { kind: 'new-orphans', table, columns, parent, parentExists, declaredBefore, rows: surplus, statement: null },
    ];
  });
}

/** Rows whose parent table is gone show a foreign key that does not compile: one thing, told once. */
function withoutBrokenKeys(orphans: readonly Difference[], broken: readonly Difference[]): Difference[] {
  const tables = broken.flatMap((object) =>
    object.kind === 'broken-object' && object.type === 'foreign-key' ? [object.table] : [],
  );
  return orphans.filter(
    (difference) =>
      difference.kind !== 'new-orphans' ||
      difference.parentExists ||
      !tables.some((table) => sameName(table, difference.table)),
  );
}

type Likeness = (a: Orphans, b: Orphans) => boolean;

const isSameLink: Likeness = (a, b) => sameName(a.table, b.table) && sameName(a.parent, b.parent);
const isSameKey: Likeness = (a, b) => isSameLink(a, b) && sameNames(a.columns, b.columns);

function countAlike(all: readonly Orphans[], orphans: Orphans, alike: Likeness): number {
  return all.reduce((sum, other) => (alike(other, orphans) ? sum + other.rows : sum), 0);
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, i) => sameName(name, b[i] ?? ''));
}

function findViolations(before: State, after: State): Difference[] {
  return after.violations.flatMap((violations): Difference[] => {
    const known = before.violations.find(({ invariant }) => invariant === violations.invariant);
    const rows = known === undefined ? [...violations.rows] : newRows(known, violations);
    return rows.length > 0
      ? [{ kind: 'new-violations', invariant: violations.invariant, file: violations.file, rows }]
      : [];
  });
}

/**
 * Rows beyond those of before, by the columns that both answers have: `SELECT *` grows with its table. Each row of before
 * accounts for one equal row.
 */
function newRows(before: Violations, after: Violations): string[] {
  const had = before.rows.map(readRow);
  const columns = sharedColumns(had[0], after.rows[0]);
  const known = new Map<string, number>();
  for (const row of had) known.set(textOf(row, columns), (known.get(textOf(row, columns)) ?? 0) + 1);
  return after.rows.filter((text) => {
    const row = textOf(readRow(text), columns);
    const left = known.get(row) ?? 0;
    known.set(row, left - 1);
    return left <= 0;
  });
}

type AnswerRow = Readonly<Record<string, unknown>>;

function sharedColumns(before: AnswerRow | undefined, after: string | undefined): string[] {
  const has = after === undefined ? {} : readRow(after);
  return Object.keys(before ?? {}).filter((column) => column in has);
}

function readRow(text: string): AnswerRow {
  const row: AnswerRow = JSON.parse(text);
  return row;
}

function textOf(row: AnswerRow, columns: readonly string[]): string {
  return JSON.stringify(columns.map((column) => row[column]));
}

function findIntegrity(before: State, after: State): Difference[] {
  const lines = after.integrity.filter((line) => !before.integrity.includes(line));
  return lines.length > 0 ? [{ kind: 'integrity', lines }] : [];
}
