import { statSync } from 'node:fs';
import { compareDrift, compareHeads } from '../compare/compare.ts';
import type { ResolvedConfig } from '../config.ts';
import { prepareBase } from '../database/base.ts';
import { fileError, machineError } from '../database/connection.ts';
import { copyDatabase } from '../database/copy.ts';
import { createWorkspace } from '../database/workspace.ts';
import { awkwardDataset } from '../datasets/awkward.ts';
import { loadRecipe } from '../datasets/recipe.ts';
import { assumptionText } from '../directives/assumptions.ts';
import { tellCountersOnce } from '../explain/counters.ts';
import { explain } from '../explain/explain.ts';
import { explainLedger } from '../explain/ledger.ts';
import { explainAssumption } from '../explain/rules/invariant-broken/assumption.ts';
import { upgradeDiffers } from '../explain/rules/upgrade-differs/rule.ts';
import { formatSize } from '../files/size.ts';
import { countInCopy } from '../gate/ask.ts';
import { rehearse } from '../gate/rehearse.ts';
import { numberOf } from '../identity/number.ts';
import { type DeployWatch, watchDeploy } from '../judge/deploy.ts';
import { judgeStep } from '../judge/judge.ts';
import type { Ask } from '../judge/weigh.ts';
import type { History, Migration, MigrationRef } from '../model/history.ts';
import type { LedgerReading } from '../model/ledger.ts';
import type { Report } from '../model/report.ts';
import type { GateOptions } from '../model/request.ts';
import type { Settings } from '../model/settings.ts';
import { ruledOutBy } from './evidence.ts';
import { withPrograms } from './programs.ts';
import type { GuardedSources } from './project.ts';
import { createRecord } from './record.ts';
import { createReproducer, placeReproductions } from './reproductions.ts';
import { sealed } from './sealed.ts';

/**
 * Applies the pending migrations to a copy of a production file, beside an empty database at the same place of the
 * history, and reports.
 * @throws HarnessError when the file, its ledger or the project cannot be used. Unless values may be shown, no error
 * quotes a row, and no cause has a message.
 */
export async function gate(sources: GuardedSources, options: GateOptions): Promise<Report> {
  return sealed(sources.config.includeValues, () => run(sources, options));
}

async function run(
  given: GuardedSources,
  { file, at, progress = () => {}, picture = false }: GateOptions,
): Promise<Report> {
  const sources = await withPrograms(given);
  const { history, config, invariants } = sources;
  const { settings } = config;
  const record = createRecord(sources, {
    command: 'gate',
    sides: ['empty', 'copy'],
    applied: new Set(),
    directives: null,
    ruledOut: ruledOutBy(null),
    picture,
  });
  for (const note of sources.programs?.notes ?? []) record.note(note);
  const counters = tellCountersOnce(history.migrations, new Set());
  const terms = { ...config, runner: history.runner, evidence: null, counters, ask: askCopy(settings) };
  const hazards = awkwardDataset(await loadRecipe({ history, invariants, seed: config.seed }));
  const reproducer = createReproducer(config);
  const scripts = placeReproductions(config, file);
  const openBase = await prepareBase(history.base, settings);
  const workspace = createWorkspace();
  try {
    const [copy, scratch] = [workspace.path('copy.db'), workspace.path('before.db')];
    progress(`copying ${file}`);
    await copyDatabase(file, copy, config.integrity);
    const next = ({ name }: Migration, position: number, total: number): void =>
      progress(`${position}/${total} ${name}`);
    let about: Report['gate'] = null;
    let pending: readonly Migration[] = [];
    let deploy: DeployWatch = watchDeploy([], terms);
    const rehearsal = { history, settings, invariants, openBase, hazards, file, copy, scratch, at, next };
    for (const event of rehearse(rehearsal)) {
      if (event.kind === 'ledger') {
        pending = event.reading.pending;
        deploy = watchDeploy(pending, terms);
        about = describeLedger(file, history, event.reading);
        record.found(event.reading.problems.map((problem) => explainLedger(problem, history.runner)));
      } else if (event.kind === 'assumption') {
        const { directive, migration, table } = event.assumed;
        const broken = { text: assumptionText(directive), line: directive.line, table, rows: event.rows };
        record.found([explainAssumption(broken, { migration, side: 'copy' })]);
      } else if (event.kind === 'drift') {
        const drift = compareDrift(event.migration, event.baseline, event.production);
        const { findings } = explain([drift], config, history.runner);
        record.found(
          at === undefined ? findings : findings.map((each) => ({ ...each, why: `${notThere(at)} ${each.why}` })),
        );
      } else if (event.kind === 'head') {
        const objects = compareHeads(event.before, event.after);
        const last = pending.at(-1);
        if (objects.length > 0 && last !== undefined) record.found([upgradeDiffers(last, objects)]);
      } else {
        record.step(
          event.step.migration,
          deploy.tell(event.step, reproducer.tell(event.step, judgeStep(event.step, terms), terms)),
        );
      }
    }
    record.found(deploy.only());
    // They may print rows.
    const printed = config.verbose && config.includeValues ? sources.programs?.printed() : [];
    for (const note of printed ?? []) record.note(note);
    for (const note of reproducer.notes()) record.note(note);
    return scripts(record.report(pending, about));
  } catch (error) {
    throw fileError(file, machineError(error, describeWork(file, config)));
  } finally {
    workspace.dispose();
    sources.programs?.dispose();
  }
}

/** A database without a ledger is where somebody says that it is. */
function notThere(at: MigrationRef): string {
  return `Either --at ${at} is not the last migration of this database, or the following holds.`;
}

/** Queries the copy in its state before a step. */
function askCopy(settings: Settings): Ask {
  return ({ snapshots }, hazard) => {
    const copy = snapshots.get('copy');
    return copy === undefined ? null : countInCopy(copy, hazard, settings);
  };
}

/**
 * A rebuild of all that is in a file was measured to take three times its size: the copy, the state before, and what it
 * writes. A deploy as a whole runs on one more copy. An interruption takes four more: the stopped run and its remains,
 * a complete run, and the second run.
 */
function describeWork(file: string, { interrupt, settings }: ResolvedConfig): string {
  const size = sizeOf(file);
  const copies = 3 + (settings.transaction === 'all-pending' ? 1 : 0) + (interrupt ? 4 : 0);
  const need = size === null ? '' : `, for which ${formatSize(copies * size)} may be needed,`;
  return `The rehearsal on a copy of ${file}${need} cannot continue`;
}

function sizeOf(file: string): number | null {
  try {
    return statSync(file).size;
  } catch {
    // It is missing or a link to itself, which is already reported.
    return null;
  }
}

function describeLedger(file: string, { migrations }: History, reading: LedgerReading): Report['gate'] {
  const { version, position, pending } = reading;
  const last = migrations[position - 1];
  // A row of the ledger may be newer than the last file below it.
  const isThere = last !== undefined && numberOf(last) === version;
  return { file, version, position, id: last?.id ?? null, name: isThere ? last.name : null, pending: pending.length };
}
