import type { Difference } from '../model/comparison.ts';
import type { Migration } from '../model/history.ts';
import { sameName } from '../sql/quote.ts';

type Failed = Extract<Difference, { kind: 'failed-on-rows' }>;

/**
 * A loss that only follows from the rows set aside: of a table that the statement which failed would have joined to them. The table
 * that it would have filled is empty, and seems to wait.
 * @param failed the failure whose rows are set aside.
 */
export function withoutArtefacts(difference: Difference, { statements }: Migration, failed: Failed): Difference {
  const head = statements[(failed.failure.statement ?? 0) - 1]?.head;
  if (head?.verb !== 'insert' || !('table' in difference)) return difference;
  const { table } = difference;
  const isAside = table === null || sameName(failed.fault?.table ?? '', table);
  if (isAside || !head.sources.some((name) => sameName(name, table))) return difference;
  if (difference.kind === 'dropped-values') return { ...difference, waiting: null };
  const isArtefact =
    difference.kind === 'fewer-rows' && (difference.treatment === 'not-carried' || difference.treatment === 'narrowed');
  return isArtefact ? { ...difference, treatment: 'dropped' } : difference;
}
