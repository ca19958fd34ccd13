import { statSync } from 'node:fs';
import { compareDrift } from '../compare/compare.ts';
import { prepareBase } from '../database/base.ts';
import { fileError, machineError } from '../database/connection.ts';
import { copyDatabase } from '../database/copy.ts';
import { createWorkspace } from '../database/workspace.ts';
import { awkwardDataset } from '../datasets/awkward.ts';
import { loadRecipe } from '../datasets/recipe.ts';
import { assumptionText } from '../directives/assumptions.ts';
import { explain } from '../explain/explain.ts';
import { explainAssumption } from '../explain/rules/assumption-broken.ts';
import { historyEdited } from '../explain/rules/history-edited.ts';
import { formatSize } from '../files/size.ts';
import { countInCopy } from '../gate/ask.ts';
import { rehearse } from '../gate/rehearse.ts';
import { judgeStep } from '../judge/judge.ts';
import type { Ask } from '../judge/weigh.ts';
import type { History, Migration } from '../model/history.ts';
import type { LedgerReading } from '../model/ledger.ts';
import type { Report } from '../model/report.ts';
import type { GateOptions } from '../model/request.ts';
import type { Settings } from '../model/settings.ts';
import { ruledOutBy } from './evidence.ts';
import type { GuardedSources } from './project.ts';
import { createRecord } from './record.ts';
import { sealed } from './sealed.ts';

/**
 * Applies what is pending to a copy of a production file, beside an empty database at the same version, and reports.
 * @throws HarnessError when the file, its ledger or the project cannot be used. Unless values may be shown, nothing that is
 * thrown quotes a row, and its cause has no message.
 */
export async function gate(sources: GuardedSources, options: GateOptions): Promise<Report> {
  return sealed(sources.config.includeValues, () => run(sources, options));
}

async function run(sources: GuardedSources, { file, at, progress = () => {} }: GateOptions): Promise<Report> {
  const { history, config, invariants } = sources;
  const { settings } = config;
  const record = createRecord(sources, {
    command: 'gate',
    sides: ['empty', 'copy'],
    directives: null,
    ruledOut: ruledOutBy(null),
  });
  const terms = { ...config, runner: history.runner, evidence: null, ask: askCopy(settings) };
  const hazards = awkwardDataset(await loadRecipe({ history, invariants, seed: config.seed }));
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
    const rehearsal = { history, settings, invariants, openBase, hazards, file, copy, scratch, at, next };
    for (const event of rehearse(rehearsal)) {
      if (event.kind === 'ledger') {
        pending = event.reading.pending;
        about = describeLedger(file, history, event.reading);
        record.found(event.reading.problems.map(historyEdited));
      } else if (event.kind === 'assumption') {
        const { directive, migration, table } = event.assumed;
        const broken = { text: assumptionText(directive), line: directive.line, table, rows: event.rows };
        record.found([explainAssumption(broken, { migration, side: 'copy' })]);
      } else if (event.kind === 'drift') {
        const drift = compareDrift(event.migration, event.baseline, event.production);
        record.found(explain([drift], config, history.runner).findings);
      } else {
        record.step(event.step.migration, judgeStep(event.step, terms));
      }
    }
    return record.report(pending, about);
  } catch (error) {
    throw fileError(file, machineError(error, describeWork(file, config.interrupt)));
  } finally {
    workspace.dispose();
  }
}

/** Asks the copy as it was before a step. */
function askCopy(settings: Settings): Ask {
  return ({ snapshots }, hazard) => {
    const copy = snapshots.get('copy');
    return copy === undefined ? null : countInCopy(copy, hazard, settings);
  };
}

/**
 * A rebuild of all that is in a file was measured to take three times its size: the copy, the state before, and what it
 * writes. An interruption takes four more: a run on the way and what it has left, a whole run, and the second run.
 */
function describeWork(file: string, interrupts: boolean): string {
  const size = sizeOf(file);
  const need = size === null ? '' : `, for which ${formatSize((interrupts ? 7 : 3) * size)} may be needed,`;
  return `The rehearsal on a copy of ${file}${need} cannot go on`;
}

function sizeOf(file: string): number | null {
  try {
    return statSync(file).size;
  } catch {
    // It is not there, or a link that leads to itself: what is told already.
    return null;
  }
}

function describeLedger(file: string, history: History, { version, pending }: LedgerReading): Report['gate'] {
  const name = history.migrations.find((migration) => migration.version === version)?.name ?? null;
  return { file, version, name, pending: pending.length };
}
