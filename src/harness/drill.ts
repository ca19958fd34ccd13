import type { CheckDataset } from '../config.ts';
import { createWorkspace, type Workspace } from '../database/workspace.ts';
import { drill as drillStages } from '../drill/drill.ts';
import type { Leg } from '../drill/reference.ts';
import { HarnessError } from '../errors.ts';
import type { Side } from '../model/dataset.ts';
import type { BrokenDrill, DrillResult } from '../model/drill.ts';
import type { Finding } from '../model/finding.ts';
import type { Migration } from '../model/history.ts';
import type { Report } from '../model/report.ts';
import type { DrillRequest } from '../model/request.ts';
import { makeLegs, pendingOf } from './drill/legs.ts';
import { createRunning, findingsOf, notesOf, optionsOf, prepareStages } from './drill/run.ts';
import { loadProject, type Plan, type Project } from './project.ts';
import { makeReport } from './report.ts';

/** The number of faults where nobody says another. */
const usualFaults = 1000;

/** The same for a command, which runs in a process for each. */
const usualOfCommand = 100;

/** How many of the newest migrations are drilled where nobody says which are applied. */
const newest = 10;

/** The datasets whose rows a drill puts in: plain ones, for a migration that fails undisturbed cannot be drilled. */
const plainDatasets: readonly CheckDataset[] = ['fixture', 'one-row', 'typical', 'profile'];

/**
 * Disturbs the migrator of a project while it migrates databases with the rows of a check, and reports each fault after
 * which a database is neither before nor after a migration, its ledger says otherwise, or the next run fails.
 * @throws HarnessError when the inputs cannot be used, `bad-flag` for a fault to replay that there is not, and `unsupported` if
 * no fault can be injected into what is pending: that is not a verdict.
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
    const side: Side = datasets.at(-1) ?? 'empty';
    const usual = project.config.migrator === null ? usualFaults : usualOfCommand;
    const explain = (broken: readonly BrokenDrill[]): Finding[] => findingsOf({ broken }, project, side, true);
    const result = await drillStages(stages, optionsOf(request, project.config.seed, usual, explain));
    const left = [...unreached, ...undrilled];
    if (legs.length + left.length > 0) refuseNothing(result, left);
    return makeReport(project, {
      command: 'drill',
      sides: [side],
      steps: [],
      findings: explain(result.broken),
      notes: [...(project.programs?.notes ?? []), ...notesOf(result, running, project, left)],
      weighed: [],
      gate: null,
      picture: null,
    });
  } finally {
    running.dispose();
    workspace.dispose();
    project.programs?.dispose();
  }
}

function refuseNothing({ tallies, skips }: DrillResult, left: readonly Migration[]): void {
  if (tallies.length > 0) return;
  const names = left
    .toSorted((a, b) => a.position - b.position)
    .map(({ name }) => name)
    .join(', ');
  const failing = `${names} cannot be migrated without a fault either`;
  const reasons = skips.map(({ kind, reason }) => `${kind}: ${reason}`).join('; ');
  throw new HarnessError(
    'unsupported',
    `No fault was injected: ${names === '' ? reasons || 'the kinds have none here' : failing}.`,
    {
      remedy: names === '' ? 'Choose other kinds with --kinds.' : 'Run rowproof check, which tells why.',
      facts: { migrations: names },
    },
  );
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
