import { statSync } from 'node:fs';
import { compareDrift, compareSide } from '../compare/compare.ts';
import { prepareBase } from '../database/base.ts';
import { fileError, machineError } from '../database/connection.ts';
import { copyDatabase } from '../database/copy.ts';
import { createWorkspace } from '../database/workspace.ts';
import { assumptionText } from '../directives/assumptions.ts';
import { explain } from '../explain/explain.ts';
import { explainAssumption } from '../explain/rules/assumption-broken.ts';
import { historyEdited } from '../explain/rules/history-edited.ts';
import { formatSize } from '../files/size.ts';
import { rehearse } from '../gate/rehearse.ts';
import type { History, Migration } from '../model/history.ts';
import type { LedgerReading } from '../model/ledger.ts';
import type { Report } from '../model/report.ts';
import type { GateOptions } from '../model/request.ts';
import { withPrograms } from './programs.ts';
import type { GuardedSources } from './project.ts';
import { createRecord } from './record.ts';
import { sealed } from './sealed.ts';
import { compareStep, outcomesOf, type Progress } from './step.ts';

/**
 * Applies what is pending to a copy of a production file, beside an empty database at the same version, and reports.
 * @throws HarnessError when the file, its ledger or the project cannot be used. Unless values may be shown, nothing that is
 * thrown quotes a row, and its cause has no message.
 */
export async function gate(sources: GuardedSources, options: GateOptions): Promise<Report> {
  return sealed(sources.config.includeValues, () => run(sources, options));
}

async function run(given: GuardedSources, { file, at, progress = () => {} }: GateOptions): Promise<Report> {
  const sources = await withPrograms(given);
  const { history, config, invariants } = sources;
  const { settings } = config;
  const record = createRecord('gate', sources, { sides: ['empty', 'copy'], directives: null });
  for (const text of sources.programs?.notes ?? []) record.note({ kind: 'programs', text });
  const openBase = await prepareBase(history.base, settings);
  const workspace = createWorkspace();
  try {
    const [copy, scratch] = [workspace.path('copy.db'), workspace.path('before.db')];
    progress(`copying ${file}`);
    await copyDatabase(file, copy, config.integrity);
    const next: Progress = ({ name }, position, total) => progress(`${position}/${total} ${name}`);
    let about: Report['gate'] = null;
    let pending: readonly Migration[] = [];
    for (const event of rehearse({ history, settings, invariants, openBase, file, copy, scratch, at, next })) {
      if (event.kind === 'ledger') {
        pending = event.reading.pending;
        about = describeLedger(file, history, event.reading);
        record.found(event.reading.problems.map(historyEdited));
      } else if (event.kind === 'baseline') {
        const comparison = compareSide(event.migration, 'empty', event.outcome, event.outcome);
        record.step(
          event.migration,
          new Map([['empty', event.outcome]]),
          explain([comparison], config, history.runner),
        );
      } else if (event.kind === 'assumption') {
        const { directive, migration, table } = event.assumed;
        const broken = { text: assumptionText(directive), line: directive.line, table, rows: event.rows };
        record.found([explainAssumption(broken, { migration, side: 'copy' })]);
      } else if (event.kind === 'drift') {
        const drift = compareDrift(event.migration, event.baseline, event.production);
        record.found(explain([drift], config, history.runner).findings);
      } else {
        const comparisons = compareStep(event.step, settings);
        record.step(event.step.migration, outcomesOf(event.step), explain(comparisons, config, history.runner));
      }
    }
    // They may print rows.
    const printed = config.verbose && config.includeValues ? sources.programs?.printed() : [];
    for (const text of printed ?? []) record.note({ kind: 'printed', text });
    return record.report(pending, about);
  } catch (error) {
    throw fileError(file, machineError(error, describeWork(file)));
  } finally {
    workspace.dispose();
    sources.programs?.dispose();
  }
}

/** A rebuild of all that is in a file was measured to take three times its size: the copy, the state before, and what it writes. */
function describeWork(file: string): string {
  const size = sizeOf(file);
  const need = size === null ? '' : `, for which ${formatSize(3 * size)} may be needed,`;
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
