import type { Profile, TableProfile } from '../../model/profile.ts';
import type { Schema, Table } from '../../model/schema.ts';
import { sameName } from '../../sql/quote.ts';

/** A table with its profile. */
export interface Match {
  readonly table: Table;
  readonly profile: TableProfile;
}

/** The parts that a profile and a schema share, and the others. */
export interface MatchedProfile {
  readonly matches: readonly Match[];
  /** Tables and columns (`t.c`) that only the profile has. */
  readonly missing: readonly string[];
  /** Columns that only the schema has, in tables of the profile. */
  readonly unknown: readonly string[];
}

/** Tables in which migration tools keep what they have applied; no migration makes them. */
const ledgers =
  /^(?:_migrations|__drizzle_migrations|_prisma_migrations|d1_migrations|goose_db_version|schema_migrations|_sqlx_migrations|__diesel_schema_migrations|(?:flyway|refinery)_schema_history|kysely_migration(?:_lock)?|knex_migrations(?:_lock)?|sequelizemeta|migrations)$/i;

/** Compares a profile with a schema. */
export function matchProfile(profile: Profile, schema: Schema): MatchedProfile {
  const matches: Match[] = [];
  const missing: string[] = [];
  const unknown: string[] = [];
  for (const shape of profile.tables) {
    const table = schema.tables.find(({ name, kind }) => kind === 'table' && sameName(name, shape.name));
    if (table === undefined) {
      if (!ledgers.test(shape.name) && !isShadow(shape, schema)) missing.push(shape.name);
      continue;
    }
    matches.push({ table, profile: shape });
    const [here, there] = [table.columns, shape.columns];
    missing.push(...notIn(there, here).map(({ name }) => `${shape.name}.${name}`));
    unknown.push(...notIn(here, there).map(({ name }) => `${table.name}.${name}`));
  }
  return { matches, missing, unknown };
}

/** A virtual table writes its own tables. */
function isShadow({ name }: TableProfile, { tables }: Schema): boolean {
  return tables.some((table) => table.kind === 'shadow' && sameName(table.name, name));
}

function notIn<T extends { readonly name: string }>(
  some: readonly T[],
  others: readonly { readonly name: string }[],
): T[] {
  return some.filter(({ name }) => !others.some((other) => sameName(other.name, name)));
}
