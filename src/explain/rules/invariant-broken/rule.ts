import type { FindingOf } from '../../../model/finding.ts';
import { integrityWithoutValues } from '../../../sql/messages.ts';
import { finding, placeOf, type RuleContext } from '../../context.ts';
import { counted } from '../../format.ts';
import { each, type OfKind, type Rule } from '../../rule.ts';
import { invariantCauses } from './causes.ts';

/** A migration after which the query of an invariant returns rows that it did not return before. */
function invariantBroken(difference: OfKind<'new-violations'>, context: RuleContext): FindingOf<'invariant-broken'> {
  const { invariant, file, rows } = difference;
  const name = invariant.replaceAll(/[_-]/g, ' ');
  const shown = context.showValues ? rows.slice(0, 3) : [];
  const more = rows.length > shown.length && shown.length > 0 ? ['…'] : [];
  return finding(placeOf(context.migration, null, null), context.side, {
    code: 'invariant-broken',
    cause: 'invariant-broken',
    topic: invariantCauses['invariant-broken'],
    message: `"${name}" does not hold for ${counted(rows.length, 'row')}`,
    details: [`Declared in ${file}.`, ...shown, ...more],
    facts: { invariant, rows: context.showValues ? rows : [], count: rows.length },
  });
}

/** A migration after which SQLite's own check of the file reports errors: the invariants of the schema itself. */
function integrityBroken(difference: OfKind<'integrity'>, context: RuleContext): FindingOf<'invariant-broken'> {
  const lines = context.showValues ? difference.lines : difference.lines.map(integrityWithoutValues);
  return finding(placeOf(context.migration, null, null), context.side, {
    code: 'invariant-broken',
    cause: 'integrity-check',
    topic: invariantCauses['integrity-check'],
    message: `PRAGMA integrity_check: ${lines[0] ?? ''}${lines.length > 1 ? ` (and ${lines.length - 1} more)` : ''}`,
    details: [],
    facts: { invariant: 'integrity_check', rows: lines, count: lines.length },
  });
}

/** The rule of `invariant-broken`. */
export const invariantBrokenRule = {
  code: 'invariant-broken',
  topic: invariantCauses['invariant-broken'],
  causes: invariantCauses,
  dependsOnRows: true,
  isGraveOnAnyRow: true,
  objects: ({ facts: { invariant } }) => [invariant],
  distinction: ({ facts: { invariant } }) => invariant,
  readings: {
    'new-violations': { key: ({ invariant }) => [invariant], explain: each(invariantBroken) },
    integrity: {
      key: ({ lines }) => [...new Set(lines.map((line) => line.replaceAll(/\d+/g, '')))],
      explain: each(integrityBroken),
    },
  },
} satisfies Rule<'invariant-broken'>;
