import type { Comparison, Difference } from '../model/comparison.ts';
import type { Side } from '../model/dataset.ts';
import type { Migration } from '../model/history.ts';
import type { Orphans, Outcome, State, Violations } from '../model/outcome.ts';
import type { Schema } from '../model/schema.ts';
import { sameName } from '../sql/quote.ts';
import { failureTable, heldRows } from './failure.ts';
import { type Lineage, readLineage } from './lineage.ts';
import { findFewerRows } from './rows.ts';
import { diffSchemas, newDifferences } from './schema-diff.ts';

/** The ledger is there in production and not in a test; it is no part of a history. */
const ledger: ReadonlySet<string> = new Set(['_migrations']);

/**
 * Compares one side of a step, before with after, and its schema with the baseline's.
 * @param baseline the outcome on the empty side; the same as `outcome` when the side is `empty`.
 */
export function compareSide(migration: Migration, side: Side, outcome: Outcome, baseline: Outcome): Comparison {
  const lineage = readLineage(migration);
  return { migration, side, differences: findDifferences(migration, lineage, side, outcome, baseline) };
}

/**
 * Compares the schema of a database that has run a history with the one that the history makes. Objects that the history
 * does not know are nobody's fault: tools and people add them.
 */
export function compareDrift(migration: Migration, baseline: Schema, production: Schema): Comparison {
  const objects = diffSchemas(baseline, production, ledger).filter((object) => object.baseline !== null);
  return { migration, side: 'copy', differences: objects.length > 0 ? [{ kind: 'drift', objects }] : [] };
}

function findDifferences(
  migration: Migration,
  lineage: Lineage,
  side: Side,
  outcome: Outcome,
  baseline: Outcome,
): Difference[] {
  if (outcome.status === 'failed') {
    const { failure, leftBehind } = outcome;
    const table = failureTable(migration, failure, lineage);
    const left = leftBehind.length > 0;
    const held = heldRows(migration, failure, outcome.held);
    const failed: Difference =
      side === 'empty'
        ? { kind: 'failed-on-empty', failure, table, leftBehind: left }
        : { kind: 'failed-on-rows', failure, table, held, leftBehind: left };
    return left ? [failed, { kind: 'left-behind', failure, table, changes: leftBehind }] : [failed];
  }
  if (outcome.status !== 'applied') return [];
  const { before, after } = outcome;
  return [
    ...(baseline.status === 'applied' && side !== 'empty' ? schemaDifferences(outcome, baseline) : []),
    ...findFewerRows(migration, lineage, before, after),
    ...findOrphans(lineage, before, after),
    ...findViolations(before, after),
    ...findIntegrity(before, after),
  ];
}

type Applied = Extract<Outcome, { status: 'applied' }>;

function schemaDifferences(candidate: Applied, baseline: Applied): Difference[] {
  const had = diffSchemas(baseline.before.schema, candidate.before.schema, ledger);
  const has = diffSchemas(baseline.after.schema, candidate.after.schema, ledger);
  const objects = newDifferences(had, has);
  return objects.length > 0 ? [{ kind: 'schema', objects }] : [];
}

function findOrphans(lineage: Lineage, before: State, after: State): Difference[] {
  const known = new Map<string, number>();
  for (const { table, columns, parent, rows } of before.orphans) {
    const key = orphanKey({
      table: lineage.nameAtEnd(table, 1) ?? table,
      columns,
      parent: lineage.nameAtEnd(parent, 1) ?? parent,
    });
    known.set(key, (known.get(key) ?? 0) + rows);
  }
  return after.orphans.flatMap(({ table, columns, parent, rows }): Difference[] => {
    const surplus = rows - (known.get(orphanKey({ table, columns, parent })) ?? 0);
    if (surplus <= 0) return [];
    const parentExists = after.schema.tables.some(({ name }) => sameName(name, parent));
    const declaredBefore = before.schema.tables.some(
      (had) =>
        sameName(lineage.nameAtEnd(had.name, 1) ?? had.name, table) &&
        had.foreignKeys.some((foreignKey) => foreignKey.columns.join().toLowerCase() === columns.join().toLowerCase()),
    );
    return [
      { kind: 'new-orphans', table, columns, parent, parentExists, declaredBefore, rows: surplus, statement: null },
    ];
  });
}

function orphanKey({ table, columns, parent }: Pick<Orphans, 'table' | 'columns' | 'parent'>): string {
  return JSON.stringify([table, columns, parent]).toLowerCase();
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

/** Rows beyond those of before; each row of before answers for one alike. */
function newRows(before: Violations, after: Violations): string[] {
  const known = new Map<string, number>();
  for (const row of before.rows) known.set(row, (known.get(row) ?? 0) + 1);
  return after.rows.filter((row) => {
    const left = known.get(row) ?? 0;
    known.set(row, left - 1);
    return left <= 0;
  });
}

function findIntegrity(before: State, after: State): Difference[] {
  const lines = after.integrity.filter((line) => !before.integrity.includes(line));
  return lines.length > 0 ? [{ kind: 'integrity', lines }] : [];
}
