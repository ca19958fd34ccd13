import type { Report } from '../model/report.ts';
import { printable } from './printable.ts';

/** What a sentence calls the place in a history that a database has reached: `version 2 (0002_posts)`, `version 0`. */
export function describePlace({
  version,
  id,
  name,
}: Pick<NonNullable<Report['gate']>, 'version' | 'id' | 'name'>): string {
  if (name === null) return version === 0 ? 'version 0' : `version ${version} (no such file)`;
  if (id === name) return printable(name);
  // Elsewhere the number may be nothing but a place.
  const known = id === null || /^\d+$/.test(id) ? String(version) : printable(id);
  return `version ${known} (${printable(name)})`;
}
