import type { Workspace } from '../../database/workspace.ts';
import type { DrillOptions } from '../../drill/drill.ts';
import type { FaultStage } from '../../drill/kind.ts';
import { createLaw } from '../../drill/law.ts';
import type { Migrator } from '../../drill/migrator.ts';
import { type Leg, recordReference } from '../../drill/reference.ts';
import { explainDrill } from '../../explain/rules/fails-drill/rule.ts';
import type { Side } from '../../model/dataset.ts';
import type { BrokenDrill, DrillResult } from '../../model/drill.ts';
import type { Finding } from '../../model/finding.ts';
import type { Migration } from '../../model/history.ts';
import type { Note } from '../../model/note.ts';
import type { DrillRequest } from '../../model/request.ts';
import type { MigratorCommand } from '../../model/tool.ts';
import { knownLedgers } from '../../programs/command.ts';
import type { ProjectSources } from '../project.ts';
import { createMigrator } from './migrators.ts';
import { commandMigrator, inProcesses } from './processes.ts';

/** The migrator of a project while it can be run. */
export interface Running {
  readonly title: string;
  /** The tool that rowproof stands in for; null where the migrator itself runs. */
  readonly emulates: string | null;
  readonly ledger: readonly string[];
  readonly migratorFor: (leg: Leg) => Migrator;
  readonly dispose: () => void;
}

/**
 * Makes the migrator of a project run.
 * @param project with its programs loaded
 * @param given the same before that, for processes that load them themselves
 */
export function createRunning(
  project: ProjectSources,
  given: Pick<ProjectSources, 'config'>,
  { configFile = null }: DrillRequest,
  workspace: Workspace,
): Running {
  const command = project.config.migrator;
  if (command !== null) return createCommands(command, workspace);
  const own = createMigrator(project);
  const { migrator, dispose } = inProcesses(own, given.config, configFile, workspace);
  const emulates = own.form === 'emulated' ? own.title : null;
  return { title: own.title, emulates, ledger: own.ledger, migratorFor: () => migrator, dispose };
}

function createCommands(command: MigratorCommand, workspace: Workspace): Running {
  return {
    title: 'the command',
    emulates: null,
    ledger: [...command.ledger, ...knownLedgers],
    migratorFor: ({ pending }) => commandMigrator(pending, command, workspace),
    dispose: () => {},
  };
}

/** Runs each leg undisturbed, and leaves out those that fail so. */
export function prepareStages(
  legs: readonly Leg[],
  running: Running,
  { config }: Pick<ProjectSources, 'config'>,
  workspace: Workspace,
): { stages: FaultStage[]; undrilled: Migration[] } {
  const undrilled = new Set<Migration>();
  const settings = { ...config.settings, lendsDatabases: false };
  const stages = legs.flatMap((leg): FaultStage[] => {
    const migrator = running.migratorFor(leg);
    const scratch = workspace.path('reference.db');
    const reference = recordReference(leg, migrator, settings, scratch);
    if (reference === null) {
      if (leg.pending.length === 1) undrilled.add(leg.last);
      return [];
    }
    const { ledger } = running;
    const law = createLaw({ leg, reference, migrator, settings, scratch, ledger });
    return [{ leg, reference, law, migrator, settings, ledger, seed: config.seed, path: workspace.path }];
  });
  return { stages, undrilled: [...undrilled] };
}

/**
 * Fills in a request. @param usualFaults how many faults there are where nobody says it.
 * @param explain makes findings of the faults that broke the law.
 */
export function optionsOf(
  { kinds, replay, progress, found, ...request }: DrillRequest,
  seed: number,
  usualFaults: number,
  explain: (broken: readonly BrokenDrill[]) => readonly Finding[],
): DrillOptions {
  let known: { readonly breaches: number; readonly findings: readonly Finding[] } = { breaches: 0, findings: [] };
  return {
    faults: request.faults ?? usualFaults,
    seed,
    kinds: kinds ?? null,
    replay: replay ?? null,
    progress: (done, total, broken) => {
      progress?.(`${Math.floor((100 * done) / total)}% of ${total} faults`);
      if (found === undefined) return;
      if (broken.length !== known.breaches) known = { breaches: broken.length, findings: explain(broken) };
      found({ faults: done, survived: done - broken.length, total, seed, findings: known.findings });
    },
  };
}

/** The findings of a drill. */
export function findingsOf(
  { broken }: Pick<DrillResult, 'broken'>,
  { history }: Pick<ProjectSources, 'history'>,
  side: Side,
  showValues: boolean,
): Finding[] {
  return explainDrill(broken, { migrations: history.migrations, runner: history.runner, side, showValues });
}

/** The notes of a drill: what was injected, and what was left out. */
export function notesOf(
  { tallies, skips }: DrillResult,
  { title, emulates }: Running,
  { config }: Pick<ProjectSources, 'config'>,
  undrilled: readonly Migration[],
): Note[] {
  const sum = (what: 'faults' | 'survived'): number => tallies.reduce((total, tally) => total + tally[what], 0);
  return [
    {
      code: 'drilled',
      facts: { migrator: title, faults: sum('faults'), survived: sum('survived'), seed: config.seed },
    },
    ...tallies.map((facts): Note => ({ code: 'drilled-kind', facts })),
    ...skips.map((facts): Note => ({ code: 'drill-left-out', facts })),
    ...(emulates === null ? [] : [{ code: 'drill-emulated', facts: { tool: emulates } } satisfies Note]),
    ...(undrilled.length === 0
      ? []
      : [{ code: 'not-drilled', facts: { migrations: undrilled.map(({ name }) => name) } } satisfies Note]),
  ];
}
