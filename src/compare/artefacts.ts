import type { Difference } from '../model/comparison.ts';
import type { Migration } from '../model/history.ts';
import { sameName } from '../sql/quote.ts';

type Failed = Extract<Difference, { kind: 'failed-on-rows' }>;

/**
 * A loss that only follows from the rows set aside: what the statement that failed would have joined to them, or a table that it
 * would have filled, and that seems to wait.
 * @param failed the failure whose rows are set aside.
 */
export function withoutArtefacts(difference: Difference, { statements }: Migration, failed: Failed): Difference {
  const head = statements[(failed.failure.statement ?? 0) - 1]?.head;
  if (head?.verb !== 'insert') return difference;
  if (difference.kind === 'dropped-values') return { ...difference, waiting: null };
  if (difference.kind !== 'fewer-rows') return difference;
  const { table, treatment } = difference;
  const isJoined = head.sources.some((name) => sameName(name, table)) && !sameName(failed.fault?.table ?? '', table);
  const isArtefact = treatment === 'not-carried' || (treatment === 'narrowed' && isJoined);
  return isArtefact ? { ...difference, treatment: 'dropped' } : difference;
}
