import type { FindingOf } from '../../model/finding.ts';
import type { Migration } from '../../model/history.ts';
import { newerThan } from '../../sql/introduced.ts';
import { finding, placeOf } from '../context.ts';

/**
 * What a migration holds that production's SQLite does not know: the newest thing of each statement.
 * @param production its version, such as `3.45`
 */
export function needsNewerSqlite(migration: Migration, production: string): FindingOf<'needs-newer-sqlite'>[] {
  return migration.statements.flatMap((statement) => {
    const [newest] = newerThan(production, statement);
    if (newest === undefined) return [];
    return finding(placeOf(migration, statement, null), 'empty', {
      code: 'needs-newer-sqlite',
      cause: 'needs-newer-sqlite',
      message: `${newest.what} came with SQLite ${newest.version}; production has ${production}`,
      details: [],
      facts: { what: newest.what, since: newest.version, production },
    });
  });
}
