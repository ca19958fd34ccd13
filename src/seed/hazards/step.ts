import { memoized } from '../../memoized.ts';
import type { RowSink, RowVerdict } from '../../model/dataset.ts';
import type { HazardRow } from '../../model/hazard.ts';
import type { Schema, Table } from '../../model/schema.ts';
import type { Condition } from '../../sql/conditions.ts';
import { triggersOf } from '../../sql/tables.ts';
import { triggerEvent } from '../../sql/trigger-text.ts';
import { planner, tableFacts } from '../plan.ts';
import { type ColumnFacts, factReader } from '../reading/facts.ts';
import { readLater } from '../reading/later.ts';
import { textReader } from '../reading/schema-texts.ts';
import { readCopiedRows } from './copies.ts';
import { startBudget } from './insertion-budget.ts';
import { cannotBeCountedTo, mayCountUp } from './loops.ts';
import type { HazardStep, StepOptions } from './request.ts';
import { readScope, type StepScope } from './scope.ts';

/** Reads what hazards are made from; null where the step touches no table. Nothing may have been inserted before. */
export function readStep(schema: Schema, sink: RowSink, options: StepOptions): HazardStep | null {
  const { migration, later, foreignKeys, isOwn, texts = textReader() } = options;
  const scope = readScope(migration, schema, texts(schema, later).references);
  if (scope.tables.length === 0) return null;
  const { select } = sink;
  return {
    ...{ migration, schema, scope, foreignKeys, isOwn, select },
    before: tableReader(schema, sink, { ...options, texts }),
    copied: readCopiedRows(migration, select),
    insert: inserterOf(schema, sink, scope),
    budget: startBudget(sink, (table) => isTriggered(schema, table)),
  };
}

/** Makes a function that reads a table when it is asked for it first. */
function tableReader(schema: Schema, sink: RowSink, options: StepOptions): HazardStep['before'] {
  const plan = planner(schema, sink, options);
  const ofStep = readLater([options.migration], schema);
  const factsOfStep = factReader(schema, ofStep);
  return memoized((table) => {
    const plain = sink.first(table);
    if (plain === null) return null;
    const told = tableFacts(table, ofStep, factsOfStep(table));
    const own = plan(table);
    const facts = factsNow(own.facts, told.facts);
    return { ...own, plain, facts, ofStep: told, isTriggered: isTriggered(schema, table) };
  });
}

function isTriggered(schema: Schema, { name }: Table): boolean {
  return triggersOf(schema, name).some(({ sql }) => triggerEvent(sql ?? '') === 'insert');
}

type Facts = (column: string) => ColumnFacts;

/** The facts of today: a list that only a migration after the step looks for holds no state of today's rows. */
function factsNow(whole: Facts, step: Facts): Facts {
  return (column) => ({
    ...whole(column),
    compared: [...whole(column).compared.filter((each) => !isList(each)), ...step(column).compared.filter(isList)],
  });
}

function isList({ kind }: Condition): boolean {
  return kind === 'one-of' || kind === 'none-of';
}

const endless = { code: 'SQLITE_TOOBIG', message: 'a query of the step would count up to it', ofAnyRow: false };

function inserterOf({ tables }: Schema, sink: RowSink, { texts }: StepScope): (row: HazardRow) => RowVerdict {
  const counts = texts.some(mayCountUp);
  const isEndless = (row: HazardRow): boolean =>
    counts && tables.some((table) => table.name === row.table && cannotBeCountedTo(row, table));
  return (row) => (isEndless(row) ? endless : sink.insert(row.table, row.values, row));
}
