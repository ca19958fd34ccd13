import type { RowSink } from '../../model/dataset.ts';
import type { Table } from '../../model/schema.ts';

/**
 * The instructions that the insertions of one step into tables with triggers have together. The work of a trigger is
 * compiled into the program of the INSERT, so that chained triggers over views weigh what they cost.
 */
const instructionLimit = 100_000;

/** How many rows a table gets in any case. */
const fewestRows = 16;

/** Limits the insertions into tables that fire triggers: their cost is that of the triggers, and may grow with each row. */
export interface InsertionBudget {
  /** Takes an insertion from the budget; false where it is used up. */
  readonly takes: (table: Table) => boolean;
  /** How many rows were not tried, by table. */
  readonly untried: () => ReadonlyMap<string, number>;
}

/** Starts the budget of a step. It counts instructions and rows, never time, so that the same inputs give the same rows. */
export function startBudget(
  sink: Pick<RowSink, 'instructions'>,
  isTriggered: (table: Table) => boolean,
): InsertionBudget {
  const weights = new Map<string, number>();
  const taken = new Map<string, number>();
  const untried = new Map<string, number>();
  let left = instructionLimit;
  return {
    takes: (table) => {
      if (!isTriggered(table)) return true;
      const { name } = table;
      const weight = weights.get(name) ?? sink.instructions(name);
      weights.set(name, weight);
      const rows = taken.get(name) ?? 0;
      if (left < weight && rows >= fewestRows) {
        untried.set(name, (untried.get(name) ?? 0) + 1);
        return false;
      }
      left -= weight;
      taken.set(name, rows + 1);
      return true;
    },
    untried: () => untried,
  };
}
