import type { Difference, Treatment } from '../model/comparison.ts';
import type { Migration, Statement } from '../model/history.ts';
import type { Applied, State } from '../model/outcome.ts';
import { joinsColumns } from '../sql/joined-columns.ts';
import { type Lineage, survivor } from '../sql/lineage.ts';
import { sameName, unquote } from '../sql/quote.ts';
import { objectsOfType, tableNamed } from '../sql/tables.ts';
import { significantTokens } from '../sql/tokens.ts';
import { isUncountable } from './unreadable.ts';
import { hasWaiting } from './waiting-tables.ts';

/**
 * Tables that have lost rows, with what the migration's text says about them. Rows are told by identity where they were
 * compared, so that one that came does not make up for one that went; else by their number.
 */
export function findFewerRows(
  migration: Migration,
  lineage: Lineage,
  { before, after, changes, slips }: Applied,
): Difference[] {
  const exists = (name: string): boolean => nameIn(after.rows, name) !== undefined;
  const keepsNames = !migration.statements.some(
    ({ head }) => head.verb === 'drop-table' || head.verb === 'rename-table',
  );
  const differences: Difference[] = [];
  for (const [table, had] of keepsNames && changes.length === 0 ? before.rows.above(after.rows) : before.rows) {
    if (isUncountable(after, lineage.nameAtEnd(table, 1) ?? table)) continue;
    const now = survivor(lineage, table, exists);
    const known = changes.find((change) => sameName(change.table, table));
    const count = now === null ? 0 : (after.rows.get(nameIn(after.rows, now) ?? now) ?? 0);
    const has = known === undefined ? count : had - known.lost;
    if (has >= had) continue;
    const { treatment: text, statement } = treatmentOf(migration, lineage, table, now, known !== undefined);
    const own = text === 'dropped' && has === 0 ? tableNamed(before.schema, table) : undefined;
    const said = own !== undefined && hasWaiting(own, before, after) ? 'not-carried' : text;
    const slip = slips.find((each) => each.statement === statement && each.holds);
    const treatment = said === 'deleted-from' && slip !== undefined ? slip.kind : said;
    const reach = reachOf(table, before);
    differences.push({ kind: 'fewer-rows', table: now ?? table, before: had, after: has, treatment, reach, statement });
  }
  return differences;
}

/** The objects that can delete from a table without a statement of the migration. */
function reachOf(table: string, { schema }: State): { cascade: boolean; trigger: boolean } {
  const own = tableNamed(schema, table);
  return {
    cascade: own?.foreignKeys.some(({ onDelete }) => onDelete === 'CASCADE') ?? false,
    trigger: objectsOfType(schema, 'trigger').some(({ sql }) => deletesIn(sql ?? '', table)),
  };
}

function deletesIn(trigger: string, table: string): boolean {
  const words = significantTokens(trigger).map(({ text }) => unquote(text));
  return words.some(
    (word, i) =>
      sameName(word, 'from') && sameName(words[i - 1] ?? '', 'delete') && sameName(words[i + 1] ?? '', table),
  );
}

function treatmentOf(
  migration: Migration,
  lineage: Lineage,
  table: string,
  now: string | null,
  isMoved: boolean,
): { treatment: Treatment; statement: number | null } {
  const dropped = lineage.droppedBy(table);
  const writers = now === null ? [] : lineage.writers(now);
  const copies = dropped === null ? [] : writers.filter(isCopy);
  const others = writers.filter((statement) => !copies.includes(statement));
  const deletes = others.find(deletesRows) ?? deletesFrom(migration, lineage, table);
  if (deletes !== undefined) return { treatment: 'deleted-from', statement: deletes.index };
  if (now === null) {
    const move = isMoved ? narrowingMove(migration, lineage, table) : null;
    return move === null
      ? { treatment: 'dropped', statement: dropped?.index ?? null }
      : { treatment: 'narrowed', statement: move.index };
  }
  if (dropped === null) return { treatment: 'untouched', statement: null };
  const [first] = copies;
  if (first === undefined) return { treatment: 'recreated', statement: dropped.index };
  const narrowed = copies.find(({ head }) => head.narrowings.length > 0);
  return narrowed === undefined
    ? { treatment: 'untouched', statement: null }
    : { treatment: 'narrowed', statement: narrowed.index };
}

/** Whether a statement may carry the rows of a table into the one that takes its place. */
function isCopy({ head: { verb, sources } }: Statement): boolean {
  return verb === 'insert' || ((verb === 'create-table' || verb === 'replace') && sources.length > 0);
}

/**
 * The only statement that puts rows of a table that goes into others, if it leaves rows out by another word than WHERE: that one
 * says which rows are wanted, and several statements share the rows among them.
 */
function narrowingMove({ statements }: Migration, lineage: Lineage, table: string): Statement | null {
  const [move, second] = statements.filter(
    (statement) =>
      isCopy(statement) &&
      statement.head.sources.some((source) => sameName(lineage.nameAtStart(source, statement.index) ?? '', table)),
  );
  if (move === undefined || second !== undefined) return null;
  const { narrowings } = move.head;
  const isChosen = narrowings.includes('where') && !joinsColumns(move.sql);
  return narrowings.length > 0 && !isChosen ? move : null;
}

/** A DELETE from the table while it has the name of before, as when it is emptied and then replaced. */
function deletesFrom({ statements }: Migration, lineage: Lineage, table: string): Statement | undefined {
  const end = lineage.droppedBy(table)?.index ?? Number.POSITIVE_INFINITY;
  return statements.find(
    ({ head, index }) => index < end && head.verb === 'delete' && head.target !== null && sameName(head.target, table),
  );
}

function deletesRows({ head: { verb } }: Statement): boolean {
  return verb === 'delete' || verb === 'replace';
}

function nameIn(rows: ReadonlyMap<string, number>, name: string): string | undefined {
  if (rows.has(name)) return name;
  return [...rows.keys()].find((key) => sameName(key, name));
}
