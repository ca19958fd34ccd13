import type { Difference } from '../../model/comparison.ts';
import type { FindingOf } from '../../model/finding.ts';
import { integrityWithoutValues } from '../../sql/messages.ts';
import { finding, placeOf, type RuleContext } from '../context.ts';
import { counted } from '../words.ts';

/** A migration after which the query of an invariant returns rows that it did not return before. */
export function invariantBroken(
  difference: Extract<Difference, { kind: 'new-violations' }>,
  context: RuleContext,
): FindingOf<'invariant-broken'> {
  const { invariant, file, rows } = difference;
  const name = invariant.replaceAll(/[_-]/g, ' ');
  const shown = context.showValues ? rows.slice(0, 3) : [];
  const more = rows.length > shown.length && shown.length > 0 ? ['…'] : [];
  return finding(placeOf(context.migration, null, null), context.side, {
    code: 'invariant-broken',
    cause: 'invariant-broken',
    message: `"${name}" does not hold for ${counted(rows.length, 'row')}`,
    details: [`Declared in ${file}.`, ...shown, ...more],
    facts: { invariant, rows: context.showValues ? rows : [], count: rows.length },
  });
}

/** A migration after which SQLite's own check of the file complains: the invariants of the schema itself. */
export function integrityBroken(
  difference: Extract<Difference, { kind: 'integrity' }>,
  context: RuleContext,
): FindingOf<'invariant-broken'> {
  const lines = context.showValues ? difference.lines : difference.lines.map(integrityWithoutValues);
  return finding(placeOf(context.migration, null, null), context.side, {
    code: 'invariant-broken',
    cause: 'integrity-check',
    message: `PRAGMA integrity_check: ${lines[0] ?? ''}${lines.length > 1 ? ` (and ${lines.length - 1} more)` : ''}`,
    details: [],
    facts: { invariant: 'integrity_check', rows: lines, count: lines.length },
  });
}
