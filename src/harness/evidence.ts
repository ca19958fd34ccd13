import { type ProfileMaterial, versionOf } from '../datasets/profile.ts';
import { positionUpTo } from '../identity/find.ts';
import type { Evidence } from '../judge/judge.ts';
import type { Migration } from '../model/history.ts';
import type { Note } from '../model/note.ts';
import { rulesOut } from '../profile/rules-out.ts';
import { sameName } from '../sql/quote.ts';

/** The note on warnings that a profile rules out. */
export function ruledOutBy(profile: ProfileMaterial | null): (warnings: number) => Note {
  const file = profile?.file ?? '';
  return (warnings) => ({ code: 'ruled-out-by-profile', dataset: 'awkward', facts: { warnings, file } });
}

/** The rows of production's tables by a profile; null for a table that it does not know. */
export function rowsOfProfile({ profile }: ProfileMaterial): (table: string) => number | null {
  return (name) => profile.tables.find((table) => sameName(table.name, name))?.rows ?? null;
}

/**
 * The evidence of a profile about hazards, from the migration of its capture on; earlier, production had other rows. A
 * profile without a migration comes from a database without rowproof's ledger and counts for the whole history.
 */
export function profileEvidence({ profile }: ProfileMaterial, migrations: readonly Migration[]): Evidence {
  const told = versionOf(profile);
  const from = told === null ? 0 : (positionUpTo(migrations, told) ?? migrations.length);
  return (hazard, { position }) => position > from && rulesOut(profile, hazard);
}
