import { existsSync, realpathSync } from 'node:fs';
import type { ResolvedConfig } from '../config.ts';
import { HarnessError } from '../errors.ts';
import { filesOfCommit } from '../files/git.ts';
import { positionUpTo, suggest } from '../identity/find.ts';
import { versionText } from '../identity/number.ts';
import type { History } from '../model/history.ts';

/**
 * The places of the migrations that production has applied: those up to `since`, and those whose file the commit of
 * `sinceGit` holds unchanged. They run to make the rows grow, and are not judged. Empty without either.
 * @throws HarnessError `unknown-version` for a `since` that no migration has, `bad-flag` for a `sinceGit` that Git does not
 * know
 */
export function appliedPositions(history: History, config: Pick<ResolvedConfig, 'since' | 'sinceGit'>): Set<number> {
  const last = sincePosition(history, config.since);
  const applied = new Set(history.migrations.map(({ position }) => position).filter((position) => position <= last));
  if (config.sinceGit === null) return applied;
  const files = filesOfCommit(config.sinceGit, history.directory, '--since-git');
  for (const { file, position } of history.migrations)
    if (existsSync(file) && files.has(realpathSync(file))) applied.add(position);
  return applied;
}

/** The place of the last migration up to `since`. A number that no migration has stands for the last one below it. */
function sincePosition({ directory, migrations }: History, since: ResolvedConfig['since']): number {
  if (since === null) return 0;
  const position = positionUpTo(migrations, since);
  if (position !== null) return position;
  const last = versionText(migrations, migrations.length);
  const isNumber = /^\d+$/.test(String(since));
  const why = isNumber ? `the last version in ${directory} is ${last}` : `no migration in ${directory} has that id`;
  throw new HarnessError('unknown-version', `--since ${since}: ${why}.`, {
    // A number beyond all would silence every migration.
    remedy: isNumber ? 'Give the version that production has applied last.' : suggest(migrations, String(since)),
    facts: { since, last },
  });
}
