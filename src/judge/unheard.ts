import type { Step } from '../apply/walk.ts';
import { happensUnheard } from '../explain/otherwise.ts';
import type { Finding } from '../model/finding.ts';
import type { Migration } from '../model/history.ts';
import type { JudgementTerms } from './judge.ts';
import { judgeOtherwise, sameFinding } from './otherwise.ts';

/**
 * Judges a step of a plain folder, whose runner is unknown, once more without its `foreign_keys=off`: the line is a
 * comment for every migrator except rowproof's own.
 * @param heard the findings with the directive in force.
 * @returns the findings that occur only without it, as warnings that name both outcomes.
 */
export function findUnheard(step: Step, terms: JudgementTerms, heard: readonly Finding[]): Finding[] {
  const migration = withoutSwitch(step.migration);
  if (terms.runner.tool !== 'plain' || migration === null || !terms.settings.foreignKeys) return [];
  const known = new Set(heard.map(sameFinding));
  const unheard = judgeOtherwise(step, migration, terms) ?? [];
  return unheard.filter((finding) => !known.has(sameFinding(finding))).map(happensUnheard);
}

function withoutSwitch(migration: Migration): Migration | null {
  const directives = migration.directives.filter(({ kind }) => kind !== 'foreign-keys-off');
  return directives.length === migration.directives.length ? null : { ...migration, directives };
}
