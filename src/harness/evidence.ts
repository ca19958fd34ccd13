import type { ProfileMaterial } from '../datasets/profile.ts';
import type { Evidence } from '../judge/judge.ts';
import type { Note } from '../model/note.ts';
import { rulesOut } from '../profile/rules-out.ts';

/** The note on warnings that a profile rules out. */
export function ruledOutBy(profile: ProfileMaterial | null): (warnings: number) => Note {
  const file = profile?.file ?? '';
  return (warnings) => ({ code: 'ruled-out-by-profile', dataset: 'awkward', facts: { warnings, file } });
}

/**
 * What a profile says of hazards, from the version on that it was captured at; before it, production had other rows. A
 * profile without a version was captured from a database whose ledger is not ours: it is taken to be the latest.
 */
export function profileEvidence({ profile }: ProfileMaterial): Evidence {
  const from = profile.source.ledgerVersion ?? profile.source.at ?? 0;
  return (hazard, { version }) => version > from && rulesOut(profile, hazard);
}
