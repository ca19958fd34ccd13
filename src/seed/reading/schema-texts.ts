import type { Migration } from '../../model/history.ts';
import type { Schema } from '../../model/schema.ts';
import { factReader } from './facts.ts';
import { type Later, readLater } from './later.ts';
import { nameReader } from './names-of-keys.ts';
import { type ReferenceFinder, referenceFinder } from './references.ts';

/** The facts that a schema and the migrations to come tell of the rows of its tables. */
export interface Texts {
  readonly later: Later;
  readonly factsOf: ReturnType<typeof factReader>;
  readonly references: ReferenceFinder;
}

/** Reads a schema and the migrations that have not run yet. */
export type TextReader = (schema: Schema, later: readonly Migration[]) => Texts;

/**
 * Makes a reader that goes from one schema to the next, and remembers what it read last: the datasets of a run ask
 * for the same. Its result for another schema must not be used any longer.
 */
export function textReader(): TextReader {
  const namesIn = nameReader();
  let last: { readonly schema: Schema; readonly next: Migration | undefined; readonly texts: Texts } | null = null;
  return (schema, migrations) => {
    const next = migrations[0];
    if (last?.schema === schema && last.next === next) return last.texts;
    const later = readLater(migrations, schema);
    const references = referenceFinder(schema, later, namesIn(schema));
    last = { schema, next, texts: { later, factsOf: factReader(schema, later), references } };
    return last.texts;
  };
}
