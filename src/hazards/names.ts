import type { SqlValue } from '../model/connection.ts';

/** The words of a name in small letters, joined by `_`: `filePath` and `File Path` are both `file_path`. */
function joined(name: string): string {
  return name
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .join('_');
}

const handles = /(?:^|_)(?:id|uid|uuid|guid|ulid|token|secret|hash|digest|checksum|fingerprint|nonce|salt|apikey)$/;
const drawn = /^(?:[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}|[\da-f]{16,}|[\dA-HJKMNP-TV-Z]{26})$/i;

/**
 * Whether a text is drawn at random to be the only one of its kind, so that no two rows ever have the same by
 * themselves.
 */
export function isHandle(column: string, value: SqlValue): boolean {
  return typeof value === 'string' && (handles.test(joined(column)) || drawn.test(value));
}

const pointers = /(?:^|_)(?:path|file|filename|url|uri|href|id|slug|key)$/;
const clocks = /(?:^|_)(?:created|updated|modified|changed|inserted)(?:_(?:at|on|date|time))?$|^timestamp$/;

/** Whether a text points at something, is drawn at random or comes from a clock, so that no application leaves it empty. */
export function isNeverEmpty(column: string, value: SqlValue): boolean {
  return [pointers, clocks].some((form) => form.test(joined(column))) || isHandle(column, value);
}

const counts = new RegExp(
  `(?:^|_)(?:${(
    'count num number no total qty quantity position order sort rank index idx seq sequence ordinal version revision depth ' +
      'level priority weight rating stars score age year month day hour port width height size length duration percent ' +
      'percentage progress attempts retries tries page pages minutes seconds hours days limit quota capacity amount price'
  ).replaceAll(' ', '|')})(?:_|$)`,
);

/**
 * Whether a name is that of a number that counts, orders or measures something of everyday size, and so never comes
 * to 2^53.
 */
export function isCount(column: string): boolean {
  return counts.test(joined(column));
}

/** Whether a name is that of a moment or a span, which in microseconds comes to 2^53 in the year 2255. */
export function isMoment(column: string): boolean {
  return /(?:^|_)(?:at|on|ms|us|millis|micros|milliseconds|time|timestamp|epoch|date|expires|expiry|since|until)$/.test(
    joined(column),
  );
}

/** Whether users come to a value of a column by themselves: a name, or a number that is counted. */
export function isChosen(column: string): boolean {
  return /(?:^|_)(?:name|title|label|username|login|nickname|handle|email|domain|slug|code|tag|number|no)$/.test(
    joined(column),
  );
}
