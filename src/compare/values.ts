import type { ColumnChange, Miswritten, TableChange } from '../model/change.ts';
import type { Difference, ValueCause } from '../model/comparison.ts';
import type { Side } from '../model/dataset.ts';
import type { Applied, State } from '../model/outcome.ts';
import { sameName } from '../sql/quote.ts';
import { objectsOfType } from '../sql/tables.ts';
import { triggerUpdate } from '../sql/trigger-updates.ts';

/**
 * Values that no statement says it changes, one difference for each column, and those that a statement changes to what it
 * cannot mean. Other columns that an expression or an UPDATE feeds are omitted before.
 */
export function findChangedValues({ changes, miswritten, before, after }: Applied, side: Side): Difference[] {
  const changed = changes.flatMap((change) =>
    change.columns.flatMap((column): Difference[] => {
      const cause = causeOf(column, change, before, after);
      if (cause === null) return [];
      return [
        {
          kind: 'changed-values',
          table: change.now ?? change.table,
          columns: [column.column],
          rows: column.rows,
          of: before.rows.get(change.table) ?? 0,
          cause,
          statement: statementOf(column, cause),
          keys: change.keys,
        },
      ];
    }),
  );
  const shown = miswritten.filter((each) => !isOfMadeUpWords(each, side));
  const others = shown.filter((each, i) => !isTold(each, changed) && !isAgain(each, shown.slice(0, i)));
  return [...changed, ...others.map(asDifference)];
}

function isTold({ table, column }: Miswritten, differences: readonly Difference[]): boolean {
  return differences.some(
    (each) => each.kind === 'changed-values' && sameName(each.table, table) && sameName(each.columns[0], column),
  );
}

/** One column is told once: the name of a column, written into one for numbers, is a text as well. */
function isAgain({ table, column }: Miswritten, known: readonly Miswritten[]): boolean {
  return known.some((each) => each.table === table && each.column === column);
}

/**
 * Whether rows fail because they were made up: generated values know neither the list that a lookup searches nor the words of
 * a CASE, unless some of the rows are right.
 */
function isOfMadeUpWords({ how, right }: Miswritten, side: Side): boolean {
  if (how === 'one-of-several') return side === 'awkward';
  if (!generated.has(side)) return false;
  return how === 'case-without-branch' || right === 0;
}

/** Whether a difference is told on some datasets alone, although others have the same rows. */
export function isOfDataset(difference: Difference): boolean {
  return difference.kind === 'changed-values' && difference.cause === 'one-of-several';
}

const generated: ReadonlySet<Side> = new Set(['one-row', 'typical', 'awkward']);

function asDifference({ how, column, right: _, ...rest }: Miswritten): Difference {
  return { kind: 'changed-values', ...rest, columns: [column], cause: how };
}

/** Rows that are there more often than before. */
export function findDuplicates({ changes, before }: Applied): Difference[] {
  return changes.flatMap(({ table, now, duplicated, copiedBy }): Difference[] =>
    duplicated === 0
      ? []
      : [
          {
            kind: 'duplicate-rows',
            table: now ?? table,
            rows: duplicated,
            of: before.rows.get(table) ?? 0,
            statement: copiedBy,
          },
        ],
  );
}

/** The reason for changed values of a column; null for a trigger that notes the time. */
function causeOf(
  { column, rows, nulled, retyped, converted, feeds }: ColumnChange,
  change: TableChange,
  before: State,
  after: State,
): ValueCause | null {
  if (feeds.some(({ kind }) => kind === 'literal')) return 'literal-text';
  if (feeds.some(({ kind }) => kind === 'default')) return 'default-instead-of-copy';
  if (change.swapped.some((name) => sameName(name, column))) return 'columns-swapped';
  const tables = [...before.schema.tables, ...after.schema.tables].filter(
    ({ name }) => sameName(name, change.table) || (change.now !== null && sameName(name, change.now)),
  );
  const keys = tables
    .flatMap(({ foreignKeys }) => foreignKeys)
    .filter(({ columns }) => columns.some((name) => sameName(name, column)));
  const acts = (action: string): boolean =>
    keys.some(({ onDelete, onUpdate }) => onDelete === action || onUpdate === action);
  if (nulled === rows && acts('SET NULL')) return 'set-null-by-action';
  if (acts('SET DEFAULT')) return 'set-default-by-action';
  const triggers = objectsOfType(before.schema, 'trigger');
  const updates = triggers.map(({ sql }) => triggerUpdate(sql ?? '', change.table, column));
  if (updates.includes('sets-anew')) return null;
  if (updates.includes('sets')) return 'set-by-trigger';
  if (converted) return 'cast-loses-value';
  if (retyped) return 'type-coerced';
  // An integer stays what it is in such a key, and anything else but NULL is refused.
  const isKeyIn = ({ schema }: State, table: string): boolean =>
    schema.tables.some(({ name, rowidAlias }) => sameName(name, table) && sameName(rowidAlias ?? '', column));
  const isNewKey = isKeyIn(after, change.now ?? change.table) && !isKeyIn(before, change.table);
  return isNewKey ? 'key-invented' : 'values-changed';
}

const notOfTheCopy: ReadonlySet<ValueCause> = new Set([
  'set-null-by-action',
  'set-default-by-action',
  'set-by-trigger',
  'values-changed',
]);

/** The copy that fed the column, where the text tells that it did it. */
function statementOf({ feeds }: ColumnChange, cause: ValueCause): number | null {
  if (notOfTheCopy.has(cause)) return null;
  const statements = feeds.map(({ statement }) => statement).filter((index) => index > 0);
  return statements.length > 0 ? Math.min(...statements) : null;
}
