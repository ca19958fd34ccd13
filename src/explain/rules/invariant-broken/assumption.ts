import type { FindingOf } from '../../../model/finding.ts';
import { finding, placeOfDirective, type RuleContext } from '../../context.ts';
import { counted } from '../../format.ts';
import { invariantCauses } from './causes.ts';

/** The facts about the directive. */
interface Broken {
  /** As it is written: `users.email is not null`. */
  readonly text: string;
  readonly line: number | null;
  readonly table: string;
  /** The number of rows that contradict it. */
  readonly rows: number;
}

/**
 * An assumption, like an invariant, is a query that must return no rows, so it has the same code. Its rows are counted
 * and not shown.
 */
export function explainAssumption(
  { text, line, table, rows }: Broken,
  { migration, side }: Pick<RuleContext, 'migration' | 'side'>,
): FindingOf<'invariant-broken'> {
  return finding(placeOfDirective(migration, line, table), side, {
    code: 'invariant-broken',
    cause: 'assumption-broken',
    topic: invariantCauses['assumption-broken'],
    message: `"${text}" does not hold for ${counted(rows, 'row')}`,
    details: line === null ? ['Assumed in the config.'] : [],
    facts: { invariant: text, rows: [], count: rows },
  });
}
