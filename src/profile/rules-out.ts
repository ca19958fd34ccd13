import { hazardSorts } from '../hazards/hazards.ts';
import type { HazardLabel } from '../model/hazard.ts';
import type { Profile } from '../model/profile.ts';
import { sameName } from '../sql/quote.ts';

/**
 * Whether a profile shows that production lacks such a row. It rules out nothing about unknown parts, such as a newer
 * column, or about counts of a sample.
 */
export function rulesOut({ tables }: Profile, { kind, table: name, columns: names }: HazardLabel): boolean {
  const table = tables.find((candidate) => sameName(candidate.name, name));
  const { ruledOutBy } = hazardSorts[kind];
  if (table === undefined || ruledOutBy === null) return false;
  if (table.tiny) return false;
  if (table.rows === 0) return true;
  const columns = table.columns.filter((column) => names.some((each) => sameName(each, column.name)));
  return columns.length > 0 && columns.length === names.length && ruledOutBy(columns, table);
}
