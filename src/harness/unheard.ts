import type { Step } from '../apply/walk.ts';
import type { ResolvedConfig } from '../config.ts';
import type { Finding } from '../model/finding.ts';
import type { History, Migration } from '../model/history.ts';
import { judgeOtherwise, sameFinding } from './other-settings.ts';

/**
 * Judges a step of a plain folder, whose runner nobody knows, once more without its `foreign_keys=off`: under every migrator
 * but rowproof's own the line is a comment.
 * @param heard what was found with the directive in force.
 * @returns what is found without it alone, as warnings that name both outcomes.
 */
export function findUnheard(
  step: Step,
  history: History,
  config: ResolvedConfig,
  heard: readonly Finding[],
): Finding[] {
  const migration = withoutSwitch(step.migration);
  if (history.runner.tool !== 'plain' || migration === null || !config.settings.foreignKeys) return [];
  const known = new Set(heard.map(sameFinding));
  const unheard = judgeOtherwise(step, history, { migration, config }) ?? [];
  return unheard
    .filter((finding) => !known.has(sameFinding(finding)))
    .map((finding) => ({ ...finding, severity: 'warning', details: [...finding.details, both], instead: remedy }));
}

const both =
  'So it goes where another migrator runs the file, for which `-- rowproof: foreign_keys=off` is a comment. Where rowproof runs it, this does not happen.';

const remedy =
  "If rowproof migrates production, say so: tool: 'rowproof' in the config. Otherwise switch foreign keys off before BEGIN, in the way of the tool that does.";

function withoutSwitch(migration: Migration): Migration | null {
  const directives = migration.directives.filter(({ kind }) => kind !== 'foreign-keys-off');
  return directives.length === migration.directives.length ? null : { ...migration, directives };
}
