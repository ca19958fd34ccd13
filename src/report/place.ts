import type { Report } from '../model/report.ts';
import { printable } from './printable.ts';

/** The words for a database's place in a history: `version 2 (0002_posts)`, `version 0`. */
export function describePlace({
  version,
  id,
  name,
}: Pick<NonNullable<Report['gate']>, 'version' | 'id' | 'name'>): string {
  if (name === null) return version === 0 ? 'version 0' : `version ${version} (no such file)`;
  if (id === name) return printable(name);
  // In other histories the number may be only a place.
  const known = id === null || /^\d+$/.test(id) ? String(version) : printable(id);
  return `version ${known} (${printable(name)})`;
}
