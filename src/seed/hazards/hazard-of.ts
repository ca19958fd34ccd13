import { describeHazard } from '../../hazards/hazards.ts';
import type { SubjectOf } from '../../hazards/sort.ts';
import type { Hazard, HazardKind, HazardRow } from '../../model/hazard.ts';

/** The kinds that rows are made for; childless rows are there already. */
type MadeKind = Exclude<HazardKind, 'childless'>;

/**
 * The hazard that some rows are; none where there are no rows.
 * @param rows null where SQLite refused them
 * @param more what else is known of it
 */
export function hazardOf<K extends MadeKind>(
  kind: K,
  subject: SubjectOf<K>,
  rows: readonly HazardRow[] | null,
  more: Pick<Hazard, 'apart' | 'computed' | 'expressions' | 'without'> = {},
): Hazard[] {
  if (rows === null || rows.length === 0) return [];
  const { table } = subject;
  return [{ kind, table, columns: columnsOf(subject), ...describeHazard(kind, subject), rows, ...more }];
}

function columnsOf(subject: SubjectOf<MadeKind>): readonly string[] {
  if ('key' in subject) return subject.key;
  return 'columns' in subject ? subject.columns : [subject.column];
}
