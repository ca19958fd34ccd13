import { memoized } from '../memoized.ts';
import type { RowSink } from '../model/dataset.ts';
import type { Migration } from '../model/history.ts';
import type { Schema, Table } from '../model/schema.ts';
import { foldName, includesName } from '../sql/quote.ts';
import { triggersOf } from '../sql/tables.ts';
import { readWords } from '../sql/words.ts';
import { columnValues } from './column-values.ts';
import type { Planner } from './fill.ts';
import type { OverridesOf } from './overrides.ts';
import type { Later } from './reading/later.ts';
import { type TextReader, type Texts, textReader } from './reading/schema-texts.ts';
import type { RowPlan, TableFacts } from './row-plan.ts';
import type { Vocabulary } from './values/vocabulary.ts';

/**
 * How many rows of a parent are tried as the one that a reference points at: each row of a table begins with another.
 */
const targetLimit = 3;

/** How many rows of another table are kept apart from those of one that a migration unites with it. */
const rivalLimit = 100_000;

/** The options that made-up rows depend on besides the schema. */
export interface FillOptions {
  /** The migrations that have not run yet: they tell of references, lists of values and documents. */
  readonly later: readonly Migration[];
  /** Tables, folded, that get no rows now: a migration has just left them empty for the next one. */
  readonly keptEmpty?: ReadonlySet<string> | undefined;
  /** The reader of them and of the schema; a new one if left out. */
  readonly texts?: TextReader | undefined;
  readonly seed: number;
  /** The words of that seed number. */
  readonly vocabulary: Vocabulary;
  /** The project's own makers. */
  readonly overrides?: OverridesOf | undefined;
}

/** Makes the planner of a schema: it reads the texts once and answers for every table. */
export function planner(schema: Schema, sink: RowSink, options: FillOptions): Planner {
  const texts = (options.texts ?? textReader())(schema, options.later);
  return memoized((table) => planOf(table, schema, texts, sink, options));
}

function planOf(
  table: Table,
  schema: Schema,
  { later, factsOf, references }: Texts,
  sink: RowSink,
  { seed, vocabulary, overrides }: FillOptions,
): RowPlan {
  const name = foldName(table.name);
  const { found, dangling } = references.ofTable(table);
  const told = tableFacts(table, later, factsOf(table));
  // Whose rows are changed before others join them has rows, and those of an application are counted from 1.
  const isJoined = table.rowidAlias !== null && later.joined.has(name) && sink.count(table.name, []) === 0;
  const apart = later.literalRows.has(name) && !isJoined;
  return {
    ...{ seed, vocabulary, table, ...told, apart, references: found, variant: 0, filled: null, numbered: false },
    guarded: isGuarded(schema, table),
    valuesOf: memoized((column) =>
      columnValues({
        ...{ seed, vocabulary, table, column, facts: told.facts(column.name), apart },
        dangles: includesName(dangling, column.name),
        isWritten: (value) =>
          (typeof value === 'string' || typeof value === 'number') && later.writes(name, foldName(column.name), value),
      }),
    ),
    overrides: overrides?.(table) ?? null,
    rivals: (later.rivals.get(name) ?? []).map(({ columns, table: other, tableColumns }) => ({
      columns,
      taken: () => sink.rows(other, tableColumns, rivalLimit),
    })),
    isLone: later.loneRows.has(name),
    held: new Map(),
    targets: ({ parent, parentColumns }, variant) => {
      const last = variant === 0 ? 0 : Math.max(0, sink.count(parent.name, parentColumns) - targetLimit);
      return sink.rows(parent.name, parentColumns, targetLimit, Math.min(variant, last));
    },
    valueNamed: (key) => {
      const target = references.ofName(key, table);
      return target === null ? undefined : sink.rows(target.table.name, [target.column.name], 1)[0]?.[0];
    },
  };
}

/** The facts that texts tell of a table. @param later what they tell of all tables */
export function tableFacts(table: Table, later: Later, facts: TableFacts['facts']): TableFacts {
  const name = foldName(table.name);
  const declarations = later.declarations.get(name) ?? [];
  return {
    facts,
    uniques: declarations.flatMap(({ uniques, within }) => uniques.map((names) => ({ names, condition: within }))),
    checks: declarations.flatMap(({ checks }) => checks),
    filledIn: later.demands.ofTable.get(name) ?? [],
  };
}

/** Whether triggers may act on the rows of a table, or constraints roll more back than one row. */
function isGuarded(schema: Schema, { name, sql }: Table): boolean {
  // https://sqlite.org/lang_conflict.html
  const rollsBack = readWords(sql).some(
    ({ key }, i, words) => key === 'CONFLICT' && takesMore.has(words[i + 1]?.key ?? ''),
  );
  return triggersOf(schema, name).length > 0 || rollsBack;
}

const takesMore: ReadonlySet<string> = new Set(['ROLLBACK', 'FAIL']);
