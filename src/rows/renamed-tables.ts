import type { State } from '../model/outcome.ts';
import type { Table } from '../model/schema.ts';
import type { Flow, FlowTable } from '../sql/flow.ts';
import { foldName, sameName } from '../sql/quote.ts';
import { tableNamed } from '../sql/tables.ts';

/**
 * The successor of a table that is gone, under another name: the only new table that was filled from it alone and has
 * all its columns by name. Rows are compared with it as after a rebuild.
 */
export function findSuccessor(flow: Flow, table: Table, after: State): { table: Table; end: FlowTable } | null {
  const hasAll = (successor: Table): boolean =>
    table.columns.every(
      ({ name, generated }) => generated !== 'no' || successor.columns.some((column) => sameName(column.name, name)),
    );
  const successors = flow.tables.flatMap((end) => {
    const isFilled = end.sources.size === 1 && end.sources.has(foldName(table.name)) && !end.mixed;
    const successor = tableNamed(after.schema, end.name);
    return end.before === null && isFilled && successor?.kind === 'table' && hasAll(successor)
      ? [{ table: successor, end }]
      : [];
  });
  return successors.length === 1 ? (successors[0] ?? null) : null;
}
