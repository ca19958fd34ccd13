// This room lists the rows that schemas allow and code forgets: the words, the query and the rank of each kind.
import type { HazardKind, HazardLabel } from '../model/hazard.ts';
import { childless } from './kinds/childless.ts';
import { deletedLastRow, gap, nullValue, state } from './kinds/columns.ts';
import { emptyJson, malformedJson } from './kinds/documents.ts';
import { duplicate } from './kinds/duplicate.ts';
import { sharedKey, takenKey } from './kinds/keys.ts';
import { bigInteger, negative, textInNumber, wordForNumber, zero } from './kinds/numbers.ts';
import { manyChildren, orphan } from './kinds/references.ts';
import { caseVariant, emptyText, leadingZeros, longText, paddedText, unicodeText } from './kinds/texts.ts';
import { epochDate, farFuture, farPast, leapDay, zeroDate, zonedTime } from './kinds/timestamps.ts';
import type { Description, HazardSort, SubjectOf, ValueHazardKind } from './sort.ts';

/**
 * The kinds of hazards, which schemas allow and code forgets, each with its words and its SELECT, for seeding, searching
 * and profiles. Values of one column are tried in this order. A kind without an entry does not compile.
 */
export const hazardSorts: { readonly [K in HazardKind]: HazardSort<K> } = {
  null: nullValue,
  duplicate,
  orphan,
  'many-children': manyChildren,
  childless,
  state,
  'malformed-json': malformedJson,
  'text-in-number': textInNumber,
  'word-for-number': wordForNumber,
  'empty-text': emptyText,
  'empty-json': emptyJson,
  'padded-text': paddedText,
  'leading-zeros': leadingZeros,
  'long-text': longText,
  'unicode-text': unicodeText,
  zero,
  negative,
  'big-integer': bigInteger,
  'zero-date': zeroDate,
  'leap-day': leapDay,
  'zoned-time': zonedTime,
  'far-past': farPast,
  'far-future': farFuture,
  'epoch-date': epochDate,
  'case-variant': caseVariant,
  'deleted-last-row': deletedLastRow,
  gap,
  'taken-key': takenKey,
  'shared-key': sharedKey,
};

const valued: ReadonlySet<string> = new Set(
  Object.entries(hazardSorts).flatMap(([kind, { value }]) => (value === null ? [] : [kind])),
);

/** The kinds that are one value of one column, in the order of the table. */
export const valueKinds: readonly ValueHazardKind[] = Object.keys(hazardSorts).filter((kind): kind is ValueHazardKind =>
  valued.has(kind),
);

/** How a hazard of a kind is called and asked for. */
export function describeHazard<K extends HazardKind>(kind: K, subject: SubjectOf<K>): Description {
  return hazardSorts[kind].describe(subject);
}

/**
 * Tells hazards apart: by all that production is asked for them, as one text, since hazards of the same are one by two names;
 * where that is the rows at fault, which all of them share, by the rows that they take.
 */
export function identityOf(hazard: HazardLabel): string {
  return [hazard, ...(hazard.and ?? [])]
    .map(({ query, needs, listsRows }) => (listsRows === true ? `${query}\n${needs}` : query))
    .join('\n');
}
