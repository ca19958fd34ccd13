import type { Dataset, FillResult } from '../apply/dataset.ts';
import type { Database } from '../database/connection.ts';
import { readSchema } from '../database/introspect.ts';
import { createRowSink } from '../database/row-sink.ts';
import { meantBy } from '../identity/find.ts';
import { versionText } from '../identity/number.ts';
import type { MigrationRef } from '../model/history.ts';
import type { Note } from '../model/note.ts';
import type { Profile } from '../model/profile.ts';
import type { Schema, Table } from '../model/schema.ts';
import { type MatchedProfile, matchProfile } from '../seed/profile/match.ts';
import { regenerate } from '../seed/profile/regenerate.ts';
import { growTables } from '../seed/typical.ts';
import { includesName, sameName } from '../sql/quote.ts';
import { type DatasetRecipe, prepareFilling } from './recipe.ts';

/** How many rows there may be where all of them are held in memory. */
const inMemory = 100_000;

/** Rows of a table that the profile does not know. */
const plainRows = 10;

/** How much of the profile there is to be. */
export interface ProfileMaterial {
  readonly profile: Profile;
  /** The name of the profile in remarks. */
  readonly file: string;
  /** How many rows there are for each row of production. */
  readonly scale: number;
  /** The rows of a table by those of production, in place of the scale. */
  readonly rowsFor?: (rows: number) => number;
}

/**
 * Rows of the shape that production had when its profile was captured: they go in when the walk comes to its place in
 * the history. The baseline's rows alone are there before. Tables that are newer than the profile get a few plain
 * rows.
 *
 * Invariants do not apply to these rows: production may break them.
 */
export function profileDataset(recipe: DatasetRecipe, material: ProfileMaterial): Dataset {
  const { profile, scale } = material;
  const putIn = createFilling(recipe, material);
  const arrive = createArrival(recipe, material);
  let isIn = false;
  return {
    name: 'profile',
    carriesOver: true,
    isLarge: profile.tables.reduce((sum, table) => sum + table.rows * scale, 0) > inMemory,
    fill: (db, { position, restarted, state }) => {
      const schema = state?.schema ?? readSchema(db);
      const matching = matchProfile(profile, schema);
      const place = { db, position, schema, matching };
      if (isIn) {
        // After a restart the rows that did not fit are gone.
        const lost = restarted ? matching.matches.filter(({ table }) => createRowSink(db).isEmpty(table.name)) : [];
        return putIn(
          place,
          lost.map(({ table }) => table),
        );
      }
      const notes = arrive(position, matching);
      if (notes === null) return { unfilled: [], notes: [] };
      isIn = true;
      const filling = putIn(place, schema.tables);
      return { ...filling, notes: [...notes, ...filling.notes] };
    },
  };
}

/** A database on its way through the history. */
interface Place {
  readonly db: Database;
  readonly position: number;
  readonly schema: Schema;
  readonly matching: MatchedProfile;
}

/** Makes what fills some tables by the profile, and those that neither it nor the last filling knew with plain rows. */
function createFilling(recipe: DatasetRecipe, { profile, scale, rowsFor }: ProfileMaterial) {
  let known: readonly string[] = [];
  return ({ db, position, schema, matching }: Place, tables: readonly Table[]): FillResult => {
    const { sink, options } = prepareFilling({ ...recipe, invariants: [] }, db, position, schema, null);
    const matches = matching.matches.filter(({ table }) => tables.includes(table));
    const filling = regenerate(schema, createRowSink(db), { profile, matches, scale, rowsFor }, options);
    const isNew = ({ name }: Table): boolean =>
      !includesName(known, name) && !profile.tables.some((each) => sameName(each.name, name));
    const wantedOf = (table: Table): number => (isNew(table) && sink.isEmpty(table.name) ? plainRows : 0);
    const short = growTables(schema, sink, wantedOf, options);
    const empty = short.flatMap(({ table, growth: { refusal } }) =>
      refusal !== null && sink.isEmpty(table) ? [{ table, reason: refusal.message }] : [],
    );
    known = schema.tables.map(({ name }) => name);
    return { unfilled: [...filling.unfilled, ...empty], notes: filling.notes };
  };
}

/** Makes what tells whether the rows go in at a position: null before, and then the remarks on what does not match. */
function createArrival({ history: { migrations } }: DatasetRecipe, { profile, file }: ProfileMaterial) {
  const told = versionOf(profile);
  // Another tool's ledger may count otherwise.
  const wanted = told === null ? null : (meantBy(migrations, told).at(-1)?.position ?? (told === 0 ? 0 : null));
  let closest: { readonly position: number; readonly missing: readonly string[] } | null = null;
  return (position: number, matching: MatchedProfile): Note[] | null => {
    const here = { position, missing: matching.missing };
    if (closest === null || here.missing.length <= closest.missing.length) closest = here;
    const isTime = wanted === null ? here.missing.length === 0 || position >= migrations.length : position >= wanted;
    if (!isTime) return null;
    const about = wanted === null ? closest : here;
    return differences(file, matching, { ...about, version: versionText(migrations, about.position) }, told, wanted);
  };
}

/**
 * The migration that a production file had when its shape was captured, as its ledger or the user said it; null
 * without.
 */
export function versionOf({ source }: Profile): MigrationRef | null {
  return source.ledgerVersion ?? source.at ?? source.atId ?? null;
}

/** Tells what profile and schema do not share. */
function differences(
  file: string,
  { unknown }: MatchedProfile,
  { version, missing }: { readonly version: string; readonly missing: readonly string[] },
  told: MigrationRef | null,
  wanted: number | null,
): Note[] {
  const notes: Note[] = [];
  if (told !== null && wanted === null)
    notes.push({ code: 'profile-of-other-version', facts: { file, version: told } });
  if (missing.length > 0) notes.push({ code: 'profile-has-more', facts: { file, names: missing, version } });
  if (unknown.length > 0) notes.push({ code: 'profile-has-less', facts: { file, names: unknown } });
  return notes;
}
