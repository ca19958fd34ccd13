import { type ProfileMaterial, versionOf } from '../datasets/profile.ts';
import { positionUpTo } from '../identity/find.ts';
import type { Evidence } from '../judge/judge.ts';
import type { Migration } from '../model/history.ts';
import type { Note } from '../model/note.ts';
import { rulesOut } from '../profile/rules-out.ts';

/** The note on warnings that a profile rules out. */
export function ruledOutBy(profile: ProfileMaterial | null): (warnings: number) => Note {
  const file = profile?.file ?? '';
  return (warnings) => ({ code: 'ruled-out-by-profile', dataset: 'awkward', facts: { warnings, file } });
}

/**
 * What a profile says of hazards, from the migration on that it was captured at; before it, production had other rows. A
 * profile that tells no migration was captured from a database whose ledger is not ours: it speaks of the whole history.
 */
export function profileEvidence({ profile }: ProfileMaterial, migrations: readonly Migration[]): Evidence {
  const told = versionOf(profile);
  const from = told === null ? 0 : (positionUpTo(migrations, told) ?? migrations.length);
  return (hazard, { position }) => position > from && rulesOut(profile, hazard);
}
