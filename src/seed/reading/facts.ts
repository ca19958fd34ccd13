import { memoized } from '../../memoized.ts';
import type { Schema, SchemaObject, Table } from '../../model/schema.ts';
import { type ColumnCondition, type Condition, readConditions } from '../../sql/conditions.ts';
import { namesIn } from '../../sql/names.ts';
import { foldName } from '../../sql/quote.ts';
import { append } from './append.ts';
import { readMention } from './events.ts';
import type { Later } from './later.ts';

/** The facts that a schema and its later migrations tell of one column. */
export interface ColumnFacts {
  /** By the CHECK constraints of its table. */
  readonly demanded: readonly Condition[];
  /**
   * By CHECK constraints and triggers that a later migration will put on the table, and by casts and complete lists of a
   * later statement.
   */
  readonly expected: readonly Condition[];
  /** By what triggers, views, indexes and later statements compare it with. */
  readonly compared: readonly Condition[];
  /** Whether a partial index or a view tests it for NULL. */
  readonly testedForNull: boolean;
  /**
   * Whether a migration to come names it in a CHECK or in what reads or writes rows, so that its values may matter
   * there.
   */
  readonly comesUp: boolean;
}

/** Makes a function that gathers the facts on the columns of a table; its result takes a column's name. */
export function factReader(schema: Schema, later: Later): (table: Table) => (column: string) => ColumnFacts {
  const made = schema.objects.filter(({ type, sql }) => type !== 'table' && sql !== null);
  const [indexes = [], others = []] = [true, false].map((isIndex) =>
    made.filter(({ type }) => (type === 'index') === isIndex),
  );
  return (table) => {
    const name = foldName(table.name);
    // In the order of the schema.
    const about = [...indexes, table, ...others].filter(
      (object) => foldedText(object).includes(name) && mentionIn(object).names.has(name),
    );
    const tests = about.filter((object) => 'type' in object && object.type !== 'trigger');
    const upcoming = later.mentions.filter(({ names }) => names.has(name)).flatMap(({ readings }) => readings);
    const declarations = later.declarations.get(name) ?? [];
    const cast = upcoming.filter(
      ({ condition }) => condition.kind === 'numeric' || (condition.kind === 'one-of' && condition.closed),
    );
    const checksToCome = declarations.flatMap(({ checks }) => checks);
    const demanded = byColumn(table.checks.flatMap(readCheck));
    const expected = byColumn([...checksToCome.flatMap(readCheck), ...(later.allowed.get(name) ?? []), ...cast]);
    // No row of today holds a value that a migration to come inserts and looks for, or that goes with columns to come.
    const awaited = upcoming.flatMap((reading) => withoutWritten(reading, name, later));
    const compared = byColumn([...about.flatMap((object) => mentionIn(object).readings), ...awaited]);
    const tested = byColumn(tests.flatMap((object) => mentionIn(object).readings));
    const checked = new Set(checksToCome.flatMap((check) => [...namesIn(check)]));
    return (column) => {
      const key = foldName(column);
      return {
        demanded: demanded.get(key) ?? [],
        expected: expected.get(key) ?? [],
        compared: compared.get(key) ?? [],
        testedForNull: (tested.get(key) ?? []).some(({ kind }) => kind === 'null-test'),
        comesUp: checked.has(key) || later.mentions.some(({ names }) => names.has(key)),
      };
    };
  };
}

// Schemas have most of their objects in common.
const foldedText = memoized(({ sql }: SchemaObject | Table) => foldName(sql ?? ''));
const mentionIn = memoized(({ sql }: SchemaObject | Table) => readMention(sql ?? ''));

function withoutWritten(reading: ColumnCondition, table: string, { writes, demands }: Later): ColumnCondition[] {
  const { column, condition } = reading;
  if (condition.kind !== 'one-of') return [reading];
  const values = condition.values.filter(
    (value) => !writes(table, foldName(column), value) && !demands.areToCome(table, foldName(column), value),
  );
  if (values.length === condition.values.length) return [reading];
  return values.length === 0 ? [] : [{ column, condition: { kind: 'one-of', values } }];
}

/** The conditions of a CHECK. Where it says OR, what a column may be on either side is one list. */
function readCheck(check: string): ColumnCondition[] {
  const readings = readConditions(check);
  if (!/\b(?:OR|CASE)\b/i.test(check)) return readings;
  const merged = new Map<string, Extract<Condition, { kind: 'one-of' }>>();
  for (const { column, condition } of readings) {
    if (condition.kind !== 'one-of') continue;
    const values = [...(merged.get(column)?.values ?? []), ...condition.values];
    merged.set(column, { kind: 'one-of', values });
  }
  const lists = [...merged].map(([column, condition]) => ({ column, condition }));
  return [...lists, ...readings.filter(({ condition }) => condition.kind !== 'one-of')];
}

function byColumn(readings: readonly ColumnCondition[]): ReadonlyMap<string, readonly Condition[]> {
  const grouped = new Map<string, Condition[]>();
  for (const { column, condition } of readings) append(grouped, foldName(column), [condition]);
  return grouped;
}
