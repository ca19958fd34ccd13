import type { ObjectDifference } from '../model/comparison.ts';
import type { Schema, SchemaObject } from '../model/schema.ts';
import { foldName, onOneLine } from '../sql/quote.ts';

/**
 * Compares two schemas object by object, their texts without comments and line breaks.
 * @param ignored names of objects that are nobody's business, such as the ledger.
 */
export function diffSchemas(
  baseline: Schema,
  candidate: Schema,
  ignored: ReadonlySet<string> = new Set(),
): ObjectDifference[] {
  if (baseline === candidate) return [];
  const expected = textsOf(baseline, ignored);
  const found = textsOf(candidate, ignored);
  const keys = [...new Set([...expected.keys(), ...found.keys()])].sort();
  return keys.flatMap((key) => {
    const mine = expected.get(key);
    const theirs = found.get(key);
    const object = mine?.object ?? theirs?.object;
    if (object === undefined || mine?.text === theirs?.text) return [];
    return [{ type: object.type, name: object.name, baseline: mine?.text ?? null, candidate: theirs?.text ?? null }];
  });
}

/** The differences of `after` that were not there before. */
export function newDifferences(
  before: readonly ObjectDifference[],
  after: readonly ObjectDifference[],
): ObjectDifference[] {
  const known = new Set(before.map((difference) => JSON.stringify(difference)));
  return after.filter((difference) => !known.has(JSON.stringify(difference)));
}

function textsOf(schema: Schema, ignored: ReadonlySet<string>): Map<string, { object: SchemaObject; text: string }> {
  const texts = new Map<string, { object: SchemaObject; text: string }>();
  for (const object of schema.objects) {
    if (ignored.has(object.table)) continue;
    texts.set(`${object.type} ${foldName(object.name)}`, { object, text: onOneLine(object.sql ?? '') });
  }
  return texts;
}
