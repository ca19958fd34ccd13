import type { FindingOf } from '../../../model/finding.ts';
import { finding, placeOfDirective, type RuleContext } from '../../context.ts';
import { counted } from '../../words.ts';
import { invariantCauses } from './causes.ts';

/** What is needed of the directive. */
interface Broken {
  /** As it is written: `users.email is not null`. */
  readonly text: string;
  readonly line: number | null;
  readonly table: string;
  /** How many rows it says there are none of. */
  readonly rows: number;
}

/**
 * An assumption is a query that must return no rows, as an invariant is, so it has that code; the rows stay where they are
 * and are counted.
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
