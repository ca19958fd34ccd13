import type { Migration } from '../../model/history.ts';
import type { Schema } from '../../model/schema.ts';
import { factReader } from './facts.ts';
import { type Later, readLater } from './later.ts';
import { type ReferenceFinder, referenceFinder } from './references.ts';

/** What the texts of a schema, and of the migrations still to come, say of the rows of its tables. */
export interface Texts {
  readonly later: Later;
  readonly factsOf: ReturnType<typeof factReader>;
  readonly references: ReferenceFinder;
}

/** Reads what a schema and the migrations that have not run yet say. */
export type TextReader = (schema: Schema, later: readonly Migration[]) => Texts;

/** Reads what they say; its parts are worked out as they are asked for. */
export const readTexts: TextReader = (schema, migrations) => {
  const later = readLater(migrations, schema);
  return { later, factsOf: factReader(schema, later), references: referenceFinder(schema, later) };
};

/** Makes a reader that remembers what it read last: the datasets of a run ask about one schema after the other. */
export function rememberTexts(): TextReader {
  let last: { readonly schema: Schema; readonly next: Migration | undefined; readonly texts: Texts } | null = null;
  return (schema, later) => {
    const next = later[0];
    if (last?.schema !== schema || last.next !== next) last = { schema, next, texts: readTexts(schema, later) };
    return last.texts;
  };
}
