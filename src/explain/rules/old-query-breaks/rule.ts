import type { Side } from '../../../model/dataset.ts';
import type { FindingOf, QueryCause } from '../../../model/finding.ts';
import type { Migration, Statement } from '../../../model/history.ts';
import type { BrokenQuery } from '../../../model/query.ts';
import { readLineage } from '../../../sql/lineage.ts';
import { finding, placeOf } from '../../context.ts';
import { counted, listed } from '../../format.ts';
import type { Rule } from '../../rule.ts';
import { queryCauses } from './causes.ts';
import { findGuilty } from './guilty.ts';

/** How many statements of the application a report tells one by one. */
const told = 10;

/**
 * Statements of the application that a pending migration breaks, or that need it: one finding for each cause.
 * @param sides where it shows, at least one.
 */
export function queryBreaks(
  migration: Migration,
  [side, ...others]: readonly [Side, ...Side[]],
  cause: QueryCause,
  queries: readonly BrokenQuery[],
): FindingOf<'old-query-breaks'> {
  const guilty = findGuilty(migration, queries);
  const more = queries.length - told;
  const differs = new Set(queries.map(({ message }) => message)).size > 1;
  const lines = queries.slice(0, told).map((query) => describe(query, differs));
  const isNote = queryCauses[cause].severity === 'note';
  const found = finding(placeOf(migration, guilty, guilty === null ? null : tableOf(migration, guilty)), side, {
    code: 'old-query-breaks',
    cause,
    topic: queryCauses[cause],
    // A note is its message alone.
    message: isNote
      ? queries.map(({ file, line, message }) => `${file}:${line} ${message}`).join('; ')
      : summary(queries),
    details: isNote ? [] : [...lines, ...(more > 0 ? [`${more} more in the format json.`] : [])],
    facts: { queries },
  });
  return { ...found, datasets: [side, ...others] };
}

/** The table of a statement, by its name after the migration, or by the one under which it is dropped. */
function tableOf(migration: Migration, { head, index }: Statement): string | null {
  return head.target === null ? null : readLineage(migration).lastName(head.target, index);
}

function summary(queries: readonly BrokenQuery[]): string {
  const messages = [...new Set(queries.map(({ message }) => message))];
  const more = messages.length - 3;
  return `${messages.slice(0, 3).join('; ')}${more > 0 ? `; and ${counted(more, 'other message')}` : ''}`;
}

/** @param showsMessage whether several messages stand above. */
function describe({ file, line, sql, message, nulls }: BrokenQuery, showsMessage: boolean): string {
  const filled = nulls.length === 0 ? '' : `, with NULL for ${listed(nulls)}, as rows of the table have it`;
  return `${file}:${line} ${sql}${filled}${showsMessage ? `: ${message}` : ''}`;
}

/** How the columns of a result differ. */
export function describeColumns(before: readonly string[], after: readonly string[]): string {
  const gone = before.filter((name) => !after.includes(name));
  const added = after.filter((name) => !before.includes(name));
  if (gone.length === 0 && added.length === 0) return 'gives its columns in another order';
  return [
    ...(gone.length > 0 ? [`no longer gives ${listed(gone)}`] : []),
    ...(added.length > 0 ? [`also gives ${listed(added)}`] : []),
  ].join(' and ');
}

/** The rule of `old-query-breaks`, which no difference becomes. */
export const oldQueryBreaksRule = {
  code: 'old-query-breaks',
  topic: queryCauses['old-query-breaks'],
  causes: queryCauses,
  dependsOnRows: true,
  objects: ({ facts: { queries } }) => queries.map(({ sql }) => sql),
  readings: {},
} satisfies Rule<'old-query-breaks'>;
