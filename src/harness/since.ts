import type { ResolvedConfig } from '../config.ts';
import { HarnessError } from '../errors.ts';
import { positionUpTo, suggest } from '../identity/find.ts';
import { versionText } from '../identity/number.ts';
import type { History } from '../model/history.ts';

/**
 * The place of the last migration that `since` calls applied; null without `since`. A number that no migration has
 * stands for the last one below it.
 * @throws HarnessError `unknown-version` for an id that no migration has, and for a number beyond all: it would silence
 * every migration.
 */
export function sincePosition({ directory, migrations }: History, { since }: ResolvedConfig): number | null {
  if (since === null) return null;
  const position = positionUpTo(migrations, since);
  if (position !== null) return position;
  const last = versionText(migrations, migrations.length);
  const isNumber = /^\d+$/.test(String(since));
  const why = isNumber ? `the last version in ${directory} is ${last}` : `no migration in ${directory} has that id`;
  throw new HarnessError('unknown-version', `--since ${since}: ${why}.`, {
    remedy: isNumber ? 'Give the version that production has applied last.' : suggest(migrations, String(since)),
    facts: { since, last },
  });
}
