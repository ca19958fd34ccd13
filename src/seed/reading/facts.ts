import { memoized } from '../../memoized.ts';
import type { Schema, SchemaObject, Table } from '../../model/schema.ts';
import { type Condition, type Reading, readConditions } from '../../sql/conditions.ts';
import { namesIn } from '../../sql/names.ts';
import { foldName } from '../../sql/quote.ts';
import { type Mention, readMention } from './events.ts';
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

/** An index, trigger, view or table with its text in lower case, and what that says, read when it is asked for. */
interface Text {
  readonly type: SchemaObject['type'];
  readonly folded: string;
  readonly mention: () => Mention;
}

/** Makes a function that gathers the facts on the columns of a table; its result takes a column's name. */
export function factReader(schema: Schema, later: Later): (table: Table) => (column: string) => ColumnFacts {
  const made = schema.objects.filter(({ type, sql }) => type !== 'table' && sql !== null);
  const [indexes, others] = [true, false].map((isIndex) => made.filter(({ type }) => (type === 'index') === isIndex));
  return (table) => {
    const name = foldName(table.name);
    const own: Text[] = table.sql === '' ? [] : [textOf(table)];
    // In the order of the schema.
    const about = [...(indexes ?? []).map(textOf), ...own, ...(others ?? []).map(textOf)].filter(
      ({ folded, mention }) => folded.includes(name) && mention().names.has(name),
    );
    const tests = about.filter(({ type }) => type === 'index' || type === 'view');
    const upcoming = later.mentions.filter(({ names }) => names.has(name));
    const declarations = later.declarations.get(name) ?? [];
    const demanded = byColumn(table.checks.flatMap(readCheck));
    const cast = upcoming
      .flatMap(readingsOf)
      .filter(({ condition }) => condition.kind === 'numeric' || (condition.kind === 'one-of' && condition.closed));
    const allowed = later.allowed.get(name) ?? [];
    const checksToCome = declarations.flatMap(({ checks }) => checks.flatMap(readCheck));
    const expected = byColumn([...checksToCome, ...allowed, ...cast]);
    // No row of today holds a value that a migration to come inserts and looks for, or that goes with columns to come.
    const awaited = upcoming.flatMap(readingsOf).flatMap((reading) => withoutWritten(reading, name, later));
    const compared = byColumn([...about.map(({ mention }) => mention()).flatMap(readingsOf), ...awaited]);
    const tested = byColumn(tests.map(({ mention }) => mention()).flatMap(readingsOf));
    const checked = new Set(declarations.flatMap(({ checks }) => checks.flatMap((check) => [...namesIn(check)])));
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

/** Schemas have most of their objects in common. */
const textOf = memoized((object: SchemaObject | Table): Text => {
  const sql = object.sql ?? '';
  let known: Mention | null = null;
  const mention = (): Mention => {
    known ??= readMention(sql);
    return known;
  };
  return { type: 'type' in object ? object.type : 'table', folded: foldName(sql), mention };
});

function readingsOf({ readings }: { readonly readings: readonly Reading[] }): readonly Reading[] {
  return readings;
}

function withoutWritten(reading: Reading, table: string, { writes, demands }: Later): Reading[] {
  const { column, condition } = reading;
  if (condition.kind !== 'one-of') return [reading];
  const values = condition.values.filter(
    (value) => !writes(table, foldName(column), value) && !demands.areToCome(table, foldName(column), value),
  );
  return values.length === condition.values.length
    ? [reading]
    : values.length > 0
      ? [{ column, condition: { kind: 'one-of', values } }]
      : [];
}

/** The conditions of a CHECK. Where it says OR, what a column may be on either side is one list. */
function readCheck(check: string): Reading[] {
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

function byColumn(readings: readonly Reading[]): Map<string, Condition[]> {
  const grouped = new Map<string, Condition[]>();
  for (const { column, condition } of readings) {
    const key = foldName(column);
    const list = grouped.get(key);
    if (list === undefined) grouped.set(key, [condition]);
    else list.push(condition);
  }
  return grouped;
}
