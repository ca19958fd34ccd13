import type { SqlValue } from '../../model/connection.ts';
import { contentOf } from './affinity.ts';

// Values that would surprise nobody come first.
const numbers: readonly SqlValue[] = [1, 2, 10, 100, 1000, 1_750_000_000, 0.5, 0, -1];
const texts: readonly SqlValue[] = [
  'a',
  'A',
  '1',
  '2025-03-04',
  '2025-03-04 10:20:30',
  '2025-03-04T10:20:30Z',
  '2025-03-04T10:20:30.000Z',
  '10:20:30',
  'b6c1f9a2-3d4e-4f50-8a6b-7c8d9e0f1a2b',
  '{}',
  '[]',
  '',
];
const bytes: readonly SqlValue[] = [new Uint8Array(32), new Uint8Array(0)];

/** Values to try in a column when nothing that texts name is taken; those of its declared type come first. */
export function anything(declaredType: string): readonly SqlValue[] {
  switch (contentOf(declaredType)) {
    case 'integer':
    case 'real':
    case 'boolean':
      return numbers;
    case 'bytes':
      return [...bytes, ...texts, ...numbers];
    default:
      return [...texts, ...numbers, ...bytes];
  }
}
