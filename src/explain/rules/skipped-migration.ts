import type { FindingOf } from '../../model/finding.ts';
import type { Migration } from '../../model/history.ts';
import type { LedgerProblem } from '../../model/ledger.ts';
import type { Runner } from '../../model/tool.ts';
import { finding, placeOf } from '../context.ts';

/** A migration that a database with the one before it never runs, as the files tell. */
export function skippedAlways(
  migration: Migration,
  after: string,
  { tool, title }: Runner,
): FindingOf<'skipped-migration'> {
  const { position, id } = migration;
  return finding(placeOf(migration, null, null), 'empty', {
    code: 'skipped-migration',
    cause: 'skipped-migration',
    message: `${title} never runs it on a database that has ${after}, whose time or number is not below its own`,
    details: [],
    facts: { tool, after, position, id },
  });
}

/** A migration that production never runs, as its ledger tells. */
export function skippedInProduction(
  { name, file, position, id }: LedgerProblem,
  { tool, title }: Runner,
): FindingOf<'skipped-migration'> {
  const place = { migration: name, file, line: null, statement: null, statements: 0, sql: null, table: null };
  return finding(place, 'copy', {
    code: 'skipped-migration',
    cause: 'skipped-migration',
    message: `a newer migration is applied already, so ${title} skips it for ever`,
    details: [],
    facts: { tool, after: null, position, id },
  });
}
