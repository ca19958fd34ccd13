import { memoized } from '../memoized.ts';
import type { RowSink } from '../model/dataset.ts';
import type { Migration } from '../model/history.ts';
import type { Schema, Table } from '../model/schema.ts';
import { foldName } from '../sql/quote.ts';
import type { Planner } from './fill.ts';
import { isGuarded } from './guarded.ts';
import type { OverridesOf } from './overrides.ts';
import type { Later } from './reading/later.ts';
import { type TextReader, textReader } from './reading/schema-texts.ts';
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
  const { later, factsOf, references } = (options.texts ?? textReader())(schema, options.later);
  const isApart = ({ name, rowidAlias }: Table): boolean => {
    const key = foldName(name);
    if (!later.literalRows.has(key)) return false;
    // Whose rows are changed before others join them has rows, and those of an application are counted from 1.
    return rowidAlias === null || !later.joined.has(key) || sink.count(name, []) > 0;
  };
  return memoized((table): RowPlan => {
    const { found, dangling } = references.ofTable(table);
    return {
      seed: options.seed,
      vocabulary: options.vocabulary,
      ...{ table, variant: 0, filled: null, numbered: false },
      apart: isApart(table),
      guarded: isGuarded(schema, table),
      isWritten: (column, value) =>
        (typeof value === 'string' || typeof value === 'number') &&
        later.writes(foldName(table.name), foldName(column), value),
      ...tableFacts(table, later, factsOf(table)),
      references: found,
      dangling,
      overrides: options.overrides?.(table) ?? null,
      rivals: (later.rivals.get(foldName(table.name)) ?? []).map(({ columns, table: other, tableColumns }) => ({
        columns,
        taken: () => sink.rows(other, tableColumns, rivalLimit),
      })),
      isLone: later.loneRows.has(foldName(table.name)),
      held: new Map(),
      targets: ({ parent, parentColumns }, variant) => {
        const last = variant === 0 ? 0 : Math.max(0, sink.count(parent.name, parentColumns) - targetLimit);
        return sink.rows(parent.name, parentColumns, targetLimit, Math.min(variant, last));
      },
      valueNamed: (name) => {
        const key = references.ofName(name, table);
        return key === null ? undefined : sink.rows(key.table.name, [key.column.name], 1)[0]?.[0];
      },
    };
  });
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
