import type { SqlValue } from '../../model/connection.ts';
import { affinityOf } from '../../sql/affinity.ts';

export { type Affinity, affinityOf } from '../../sql/affinity.ts';

/** The values that a column is meant to hold, by its affinity and its declared type. */
export type Content = 'integer' | 'real' | 'text' | 'bytes' | 'timestamp' | 'boolean' | 'anything';

/** Reads the meaning of a declared type to its author: SQLite knows neither DATETIME nor BOOLEAN, but people do. */
export function contentOf(declaredType: string): Content {
  const type = declaredType.toUpperCase();
  if (type === '' || type === 'ANY') return 'anything';
  if (/^BOOL|^BIT\b/.test(type)) return 'boolean';
  const affinity = affinityOf(type);
  if (affinity === 'numeric') {
    if (/DATE|TIME/.test(type)) return 'timestamp';
    if (/JSON|UUID|GUID|STRING|ENUM|INET|URL/.test(type)) return 'text';
    return /DEC|MONEY|NUMERIC\s*\(/.test(type) ? 'real' : 'integer';
  }
  return affinity === 'blob' ? 'bytes' : affinity;
}

/** The number between the parentheses of a declared type, as in `varchar(36)`, or null. SQLite does not enforce it. */
export function declaredLength(declaredType: string): number | null {
  const digits = /\(\s*(\d+)/.exec(declaredType)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Whether a column of this type would keep `value` as a value of the kind it is made for. */
export function takes(declaredType: string, value: SqlValue): boolean {
  const content = contentOf(declaredType);
  if (content !== 'integer' && content !== 'real' && content !== 'boolean') return true;
  return typeof value !== 'string' || (value.trim() !== '' && Number.isFinite(Number(value)));
}
