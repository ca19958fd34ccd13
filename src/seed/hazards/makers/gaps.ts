import type { Hazard } from '../../../model/hazard.ts';
import type { Statement } from '../../../model/history.ts';
import { hazardOf } from '../hazard-of.ts';
import type { HazardRequest } from '../request.ts';

/** The hazards of a rowid that has a name: a newest row that is gone, and a row whose number does not follow on the others. */
export function hazardsOfNumbers(request: HazardRequest): Hazard[] {
  const { table, plain, migration, host } = request;
  const column = table.rowidAlias;
  if (column === null) return [];
  const subject = { table: table.name, column };
  const last = table.autoincrement ? host({ table, label: 'last row', deleted: true }) : null;
  const gap = plain.has(column) && migration.statements.some(readsNumbers) ? host({ table, label: 'gap' }) : null;
  const row = gap?.at(-1);
  // SQLite gives it the number that follows.
  const next = row && { ...row, values: new Map([...row.values].filter(([name]) => name !== column)) };
  return [
    ...hazardOf('deleted-last-row', subject, last),
    ...(gap && next ? hazardOf('gap', subject, gap, { without: [...gap.slice(0, -1), next] }) : []),
  ];
}

/** Whether a statement copies rows, which may number them anew, or counts them. */
function readsNumbers({ head, sql }: Statement): boolean {
  return (
    head.sources.length > 0 &&
    (/^(?:insert|replace|create-table)$/.test(head.verb) || /\b(?:count|max|row_number|rank)\s*\(/i.test(sql))
  );
}
