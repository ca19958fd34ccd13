import type { CheckDataset } from '../config.ts';
import { createWorkspace, type Workspace } from '../database/workspace.ts';
import { type DrillOptions, drill as drillStages } from '../drill/drill.ts';
import type { Stage } from '../drill/kind.ts';
import { createLaw } from '../drill/law.ts';
import type { Migrator } from '../drill/migrator.ts';
import { type Leg, recordReference } from '../drill/reference.ts';
import { explainDrill } from '../explain/rules/fails-drill/rule.ts';
import type { Side } from '../model/dataset.ts';
import type { DrillResult } from '../model/drill.ts';
import type { Finding } from '../model/finding.ts';
import type { Migration } from '../model/history.ts';
import type { Note } from '../model/note.ts';
import type { Report } from '../model/report.ts';
import type { DrillRequest } from '../model/request.ts';
import type { MigratorCommand } from '../model/tool.ts';
import { knownLedgers } from '../programs/command.ts';
import { makeLegs, pendingOf } from './drill-legs.ts';
import { createMigrator } from './drill-migrators.ts';
import { commandMigrator, inProcesses, type StartableMigrator } from './drill-processes.ts';
import { loadProject, type Plan, type Project } from './project.ts';
import { makeReport } from './report.ts';

/** The number of faults where nobody says another. */
const usualFaults = 1000;

/** How many of the newest migrations are drilled where nobody says which are applied. */
const newest = 10;

/** The datasets whose rows a drill puts in: plain ones, for a migration that fails undisturbed cannot be drilled. */
const plainDatasets: readonly CheckDataset[] = ['fixture', 'one-row', 'typical', 'profile'];

/**
 * Disturbs the migrator of a project while it migrates databases with the rows of a check, and reports each fault after
 * which a database is neither before nor after a migration, its ledger says otherwise, or the next run fails.
 * @throws HarnessError when the inputs cannot be used, and `bad-flag` for a fault to replay that there is not.
 */
export async function drill(plan: Plan, request: DrillRequest = {}): Promise<Report> {
  const datasets = (plan.config.datasets ?? ['fixture', 'typical']).filter(
    (name) => plainDatasets.includes(name) && plan.datasets.includes(name),
  );
  const project = await loadProject({ ...plan, datasets });
  const workspace = createWorkspace();
  const running = createRunning(project, plan, request, workspace);
  try {
    const { legs, unreached } = await makeAllLegs(project, request, workspace);
    const { stages, undrilled } = prepareStages(legs, running, project, workspace);
    const result = await drillStages(stages, optionsOf(request, project.config.seed));
    const side: Side = datasets.at(-1) ?? 'empty';
    return makeReport(project, {
      command: 'drill',
      sides: [side],
      steps: [],
      findings: findingsOf(result, project, side, true),
      notes: [...(project.programs?.notes ?? []), ...notesOf(result, running, project, [...unreached, ...undrilled])],
      gate: null,
      picture: null,
    });
  } finally {
    running.dispose();
    workspace.dispose();
    project.programs?.dispose();
  }
}

/** The migrator of a project while it can be run. */
interface Running {
  readonly title: string;
  /** The tool that rowproof stands in for; null where the migrator itself runs. */
  readonly emulates: string | null;
  readonly ledger: readonly string[];
  readonly migratorFor: (leg: Leg) => Migrator;
  readonly dispose: () => void;
}

function createRunning(
  project: Pick<Project, 'history' | 'config'>,
  given: Pick<Plan, 'config'>,
  { configFile = null }: DrillRequest,
  workspace: Workspace,
): Running {
  const command = project.config.migrator;
  if (command !== null) return createCommands(command, workspace);
  const own = createMigrator(project);
  const { migrator, dispose } = inProcesses(own, given.config, configFile, workspace);
  const emulates = own.form === 'emulated' ? project.history.runner.title : null;
  return { title: own.title, emulates, ledger: own.ledger, migratorFor: () => migrator, dispose };
}

function createCommands(command: MigratorCommand, workspace: Workspace): Running {
  const of = ({ pending }: Leg): StartableMigrator => commandMigrator(pending, command, workspace);
  return {
    title: 'the command',
    emulates: null,
    ledger: [...command.ledger, ...knownLedgers],
    migratorFor: (leg) => of(leg).migrator,
    dispose: () => {},
  };
}

/** The legs of a drill, and the migrations that no database can be brought to. */
async function makeAllLegs(
  project: Project,
  { only }: DrillRequest,
  workspace: Workspace,
): Promise<{ legs: Leg[]; unreached: Migration[] }> {
  const { history, applied } = project;
  const { migrations } = history;
  const open = migrations.find(({ position }) => !applied.has(position))?.position ?? migrations.length + 1;
  const first = applied.size > 0 ? open : Math.max(open, migrations.length - newest + 1);
  const legs: Leg[] = [];
  const unreached: Migration[] = [];
  for (const pending of pendingOf(migrations, first)) {
    const [start] = pending;
    if (only !== undefined && !(pending.length === 1 && start.name === only)) continue;
    const made = await makeLegs(project, pending, workspace);
    legs.push(...made);
    if (made.length === 0 && pending.length === 1) unreached.push(start);
  }
  return { legs, unreached };
}

function prepareStages(
  legs: readonly Leg[],
  running: Running,
  { config }: Pick<Project, 'config'>,
  workspace: Workspace,
): { stages: Stage[]; undrilled: Migration[] } {
  const undrilled = new Set<Migration>();
  const settings = { ...config.settings, lendsDatabases: false };
  const stages = legs.flatMap((leg): Stage[] => {
    const migrator = running.migratorFor(leg);
    const scratch = workspace.path('reference.db');
    const reference = recordReference(leg, migrator, settings, scratch);
    if (reference === null) {
      if (leg.pending.length === 1) undrilled.add(leg.last);
      return [];
    }
    const law = createLaw(leg, reference, migrator, settings, scratch, running.ledger);
    return [{ leg, reference, law, migrator, settings, seed: config.seed, path: workspace.path }];
  });
  return { stages, undrilled: [...undrilled] };
}

function optionsOf({ faults = usualFaults, kinds, replay, progress }: DrillRequest, seed: number): DrillOptions {
  return {
    faults,
    seed,
    kinds: kinds ?? null,
    replay: replay ?? null,
    progress: (done, total) => progress?.(`${Math.floor((100 * done) / total)}% of ${total} faults`),
  };
}

function findingsOf(
  { broken }: DrillResult,
  { history }: Pick<Project, 'history'>,
  side: Side,
  showValues: boolean,
): Finding[] {
  return explainDrill(broken, { migrations: history.migrations, runner: history.runner, side, showValues });
}

function notesOf(
  { tallies, skips }: DrillResult,
  { title, emulates }: Running,
  { config }: Pick<Project, 'config'>,
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
