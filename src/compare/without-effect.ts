import type { Difference } from '../model/comparison.ts';
import type { Migration } from '../model/history.ts';
import type { Applied, Effect, Outcome } from '../model/outcome.ts';
import { type Lineage, readLineage, survivor } from '../sql/lineage.ts';
import { sameName } from '../sql/quote.ts';

/** Statements that would touch rows if the list of their NOT IN held no NULL. */
export function findNullsInLists(migration: Migration, lineage: Lineage, outcome: Applied): Difference[] {
  return outcome.effects.flatMap((effect) =>
    effect.withoutNulls > 0 ? noEffect(effect, effect.withoutNulls, 'null-in-list', migration, lineage, outcome) : [],
  );
}

/** Statements that touch no row because they compare numbers with a text, which are never equal. */
export function findNeverEqual(migration: Migration, lineage: Lineage, outcome: Applied): Difference[] {
  return outcome.effects.flatMap((effect) => {
    const slips = outcome.slips.some(({ statement, kind, holds }) => {
      return statement === effect.statement && kind === 'compares-kinds' && !holds;
    });
    return slips && effect.rows === 0 ? noEffect(effect, 0, 'compares-kinds', migration, lineage, outcome) : [];
  });
}

/**
 * Statements that touch rows of a database and none once others stand beside them, and those that cannot touch any then. One
 * that another statement makes up for, by touching more rows of the same table, has an author who thought of it.
 * @param plain the outcome without the other rows.
 */
export function findSwitchedOff(migration: Migration, plain: Outcome, outcome: Outcome): Difference[] {
  if (plain.status !== 'applied' || outcome.status !== 'applied') return [];
  const [had, has] = [plain.ran ?? migration, outcome.ran ?? migration];
  const textOf = ({ statements }: Migration, index: number): string | undefined =>
    statements.find((statement) => statement.index === index)?.sql;
  const before = plain.effects.filter(({ statement }) => textOf(had, statement) === textOf(has, statement));
  const effectOf = (effect: Effect): Effect | undefined =>
    outcome.effects.find(({ statement }) => statement === effect.statement);
  const isMadeUpFor = ({ table }: Effect): boolean =>
    before.some((other) => sameName(other.table, table) && (effectOf(other)?.rows ?? 0) > other.rows);
  const lineage = readLineage(has);
  return before.flatMap((effect) => {
    const now = effectOf(effect);
    if (now === undefined || now.rows > 0 || now.withoutNulls > 0) return [];
    if (now.isNullInList && !effect.isNullInList)
      return noEffect(effect, effect.rows, 'null-in-list', has, lineage, outcome);
    const isOff = effect.rows > 0 && !isMadeUpFor(effect);
    return isOff ? noEffect(effect, effect.rows, 'rows', has, lineage, outcome) : [];
  });
}

function noEffect(
  { table, statement }: Effect,
  rows: number,
  by: Extract<Difference, { kind: 'no-effect' }>['by'],
  { statements }: Migration,
  lineage: Lineage,
  { after }: Applied,
): Difference[] {
  const exists = (name: string): boolean => after.schema.tables.some((each) => sameName(each.name, name));
  const first = lineage.nameAtStart(table, statement);
  const now = lineage.nameAtEnd(table, statement) ?? (first === null ? null : survivor(lineage, first, exists));
  const verb = statements.find(({ index }) => index === statement)?.head.verb === 'delete' ? 'delete' : 'update';
  // Of a table that goes, nobody misses the change.
  if (now === null || !exists(now)) return [];
  return [{ kind: 'no-effect', table: now, rows, by, verb, statement }];
}
