import { memoized } from '../../memoized.ts';
import type { RowSink, Verdict } from '../../model/dataset.ts';
import type { HazardRow } from '../../model/hazard.ts';
import type { Schema, SchemaObject, Table } from '../../model/schema.ts';
import type { Condition } from '../../sql/conditions.ts';
import { foldName } from '../../sql/quote.ts';
import { columnNamed } from '../../sql/tables.ts';
import { triggerEvent } from '../../sql/trigger-text.ts';
import { partialKeysOf, waysOut } from '../partial-keys.ts';
import { type ColumnFacts, factReader } from '../reading/facts.ts';
import type { Later } from '../reading/later.ts';
import type { Texts } from '../reading/schema-texts.ts';
import { valueMaker } from '../values/believable.ts';
import type { HazardOptions } from './hazards.ts';
import { startBudget } from './insertion-budget.ts';
import { cannotBeCountedTo, mayCountUp } from './loops.ts';
import { isBound } from './roles.ts';
import type { Scope } from './scope.ts';
import type { Sources } from './sources.ts';

/** The texts that sources are read from. */
export interface SourceRequest {
  readonly schema: Schema;
  readonly sink: RowSink;
  readonly scope: Scope;
  /** The texts of the schema and of the migrations to come, and of the step alone. */
  readonly reading: Texts;
  readonly ofStep: Later;
  readonly options: HazardOptions;
}

/** Reads the sources of hazards. Each table is asked once, and before anything is inserted into it. */
export function readSources({ schema, sink, scope, reading, ofStep, options }: SourceRequest): Sources {
  const { later, factsOf: factsOfAll, references } = reading;
  const readStep = factReader(schema, ofStep);
  const triggered = new Set(schema.objects.filter(isInsertTrigger).map(({ table }) => foldName(table)));
  const factsOf = memoized((table: Table) => factsNow(factsOfAll(table), readStep(table)));
  const isTriggered = ({ name }: Table): boolean => triggered.has(foldName(name));
  return {
    seed: options.seed,
    budget: startBudget(sink, isTriggered),
    insert: inserterOf(schema, sink, scope),
    select: sink.select,
    plainOf: memoized(sink.first),
    factsOf,
    boundOf: memoized((table) => {
      const bound = table.columns.filter(({ name }) => isBound(factsOfAll(table)(name)));
      return new Set(bound.map(({ name }) => foldName(name)));
    }),
    laterKeysOf: (table) =>
      new Set(declarationsOf(later, table).flatMap(({ uniques }) => uniques.flat().map(foldName))),
    newKeysOf: (table) => declarationsOf(ofStep, table).flatMap(({ uniques }) => uniques),
    referencesOf: memoized((table) => references.ofTable(table).found),
    checksOf: (table) => declarationsOf(later, table).flatMap(({ checks }) => checks),
    demandsOf: ({ name }) => ofStep.demands.ofTable.get(foldName(name)) ?? [],
    waysOutOf: (table, index) =>
      partialKeysOf({ ...table, indexes: [index] }).flatMap(({ condition }) =>
        condition === null ? [] : waysOut(condition, table, factsOf(table)),
      ),
    filledOf: (table, name) => {
      const column = columnNamed(table, name);
      return column === undefined ? null : valueMaker({ ...options, ...table, table: table.name, column }).at(1);
    },
    isGiven: ({ name }) => later.literalRows.has(foldName(name)),
    isTriggered,
  };
}

function declarationsOf({ declarations }: Later, { name }: Table) {
  return declarations.get(foldName(name)) ?? [];
}

function isInsertTrigger({ type, sql }: SchemaObject): boolean {
  return type === 'trigger' && triggerEvent(sql ?? '') === 'insert';
}

/** The facts of today: a list that only a migration after the step looks for holds no state of today's rows. */
function factsNow(
  whole: (column: string) => ColumnFacts,
  step: (column: string) => ColumnFacts,
): (column: string) => ColumnFacts {
  return (column) => ({
    ...whole(column),
    compared: [...whole(column).compared.filter((each) => !isList(each)), ...step(column).compared.filter(isList)],
  });
}

function isList({ kind }: Condition): boolean {
  return kind === 'one-of' || kind === 'none-of';
}

const endless = { code: 'SQLITE_TOOBIG', message: 'a query of the step would count up to it', ofAnyRow: false };

function inserterOf({ tables }: Schema, sink: RowSink, { texts }: Scope): (row: HazardRow) => Verdict {
  const counts = texts.some(mayCountUp);
  const isEndless = (row: HazardRow): boolean =>
    counts && tables.some((table) => table.name === row.table && cannotBeCountedTo(row, table));
  return (row) => (isEndless(row) ? endless : sink.insert(row.table, row.values, row));
}
