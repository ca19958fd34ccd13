import { applyStep } from '../apply/apply.ts';
import type { Step } from '../apply/walk.ts';
import { compareSide } from '../compare/compare.ts';
import type { ResolvedConfig } from '../config.ts';
import { explain } from '../explain/explain.ts';
import type { Side } from '../model/dataset.ts';
import type { Finding } from '../model/finding.ts';
import type { History, Migration } from '../model/history.ts';
import type { Outcome } from '../model/outcome.ts';

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
  const { migration } = step;
  const bare = withoutSwitch(migration);
  if (history.runner.tool !== 'plain' || bare === null || !config.settings.foreignKeys) return [];
  const baseline = run(bare, step, 'empty', config);
  if (baseline === null) return [];
  const comparisons = [...step.candidates.keys()].flatMap((side) => {
    const outcome = run(bare, step, side, config);
    return outcome === null ? [] : [compareSide(bare, side, outcome, baseline)];
  });
  const known = new Set(heard.map(keyOf));
  return explain(comparisons, config, history.runner)
    .findings.filter((finding) => finding.severity !== 'note' && !known.has(keyOf(finding)))
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

function run(migration: Migration, { snapshots }: Step, side: Side, { settings }: ResolvedConfig): Outcome | null {
  const snapshot = snapshots.get(side);
  if (snapshot === undefined) return null;
  const db = snapshot.open(settings);
  try {
    // Invariants are asked where the directive is in force.
    return applyStep({ db, migration, from: migration.version, settings, invariants: [], snapshot });
  } finally {
    db.close();
  }
}

function keyOf({ code, table }: Finding): string {
  return JSON.stringify([code, table]);
}
