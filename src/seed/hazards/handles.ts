import type { SqlValue } from '../../model/connection.ts';
import { words } from '../reading/names.ts';

const handles = /(?:^|_)(?:id|uid|uuid|guid|ulid|token|secret|hash|digest|checksum|fingerprint|nonce|salt|apikey)$/;
const drawn = /^(?:[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}|[\da-f]{16,}|[\dA-HJKMNP-TV-Z]{26})$/i;

/** Whether a text is drawn at random to be the only one of its kind, so that no two rows ever have the same by themselves. */
export function isHandle(column: string, value: SqlValue): boolean {
  return typeof value === 'string' && (handles.test(words(column).join('_')) || drawn.test(value));
}
