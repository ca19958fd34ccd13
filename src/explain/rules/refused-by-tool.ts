import type { FindingOf } from '../../model/finding.ts';
import type { Migration } from '../../model/history.ts';
import type { Runner, ToolRefusal } from '../../model/tool.ts';
import { finding, placeOf, statementOf } from '../context.ts';

/** A statement that the tool does not run as it stands, whatever SQLite makes of it. */
export function refusedByTool(
  { tool }: Runner,
  migration: Migration,
  { statement, why }: ToolRefusal,
): FindingOf<'refused-by-tool'> {
  const place = placeOf(migration, statementOf(migration, statement), null);
  return finding(place, 'empty', {
    code: 'refused-by-tool',
    cause: 'refused-by-tool',
    message: why,
    details: [],
    facts: { tool },
  });
}
