import { hazardSorts } from '../../hazards/hazards.ts';
import type { RowSink } from '../../model/dataset.ts';
import type { Hazard, HazardRow, Hazards } from '../../model/hazard.ts';
import type { Schema, Table } from '../../model/schema.ts';
import { roomIn } from '../singletons.ts';
import { childMaker } from './children.ts';
import { controlLabel, createHosts } from './hosts.ts';
import { makersOfNeighbours, makersOfTouched } from './makers/makers.ts';
import { childlessBy, straysOf } from './makers/orphans.ts';
import type { HazardRequest, HazardStep, StepOptions } from './request.ts';
import { readStep } from './step.ts';

/** The step that hazards are made for, and which of them. */
export interface HazardOptions extends StepOptions {
  /** Which declared keys get a row without a parent, and nothing else is made; left out where all else is made. */
  readonly strays?: ((table: string, columns: readonly string[]) => boolean) | undefined;
}

const none: Hazards = { all: [], controls: new Map(), childless: [], untried: new Map() };

/**
 * Makes the hazards of the tables that a migration may touch and inserts all of them, each beside the plain rows that are
 * there. A hazard that SQLite refuses does not exist.
 */
export function makeHazards(schema: Schema, sink: RowSink, { strays, ...options }: HazardOptions): Hazards {
  const step = readStep(schema, sink, options);
  if (step === null) return none;
  const requestOf = requester(step);
  if (strays === undefined) return hazardsOf(step, requestOf);
  return { ...none, all: step.scope.tables.flatMap(requestOf).flatMap((request) => straysOf(request, strays)) };
}

/** Makes a function that asks for the hazards of a table; it has none without a plain row. */
function requester(step: HazardStep): (table: Table) => HazardRequest[] {
  const host = createHosts(step);
  const makers = { host, withChildren: childMaker(step, host) };
  return (table) => {
    const before = step.before(table);
    return before === null ? [] : [{ ...step, ...before, ...makers }];
  };
}

function hazardsOf({ scope, budget }: HazardStep, requestOf: (table: Table) => HazardRequest[]): Hazards {
  const all: Hazard[] = [];
  const controls = new Map<string, readonly HazardRow[]>();
  // A table that has room for one row, or will have, never had a second one.
  const requests = [...scope.tables, ...scope.neighbours]
    .flatMap(requestOf)
    .filter(({ table, facts }) => roomIn(table, facts) !== 1);
  for (const request of requests) {
    const { table, host } = request;
    const makers = scope.tables.includes(table) ? makersOfTouched : makersOfNeighbours;
    const made = makers.flatMap((make) => make(request));
    const control = made.length > 0 ? host({ table, label: controlLabel }) : null;
    if (control !== null) controls.set(table.name, control);
    all.push(...made);
  }
  all.sort((a, b) => hazardSorts[a.kind].rank - hazardSorts[b.kind].rank);
  return { all, controls, childless: requests.flatMap(childlessBy), untried: budget.untried() };
}
