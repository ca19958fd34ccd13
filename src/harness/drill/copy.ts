import { openFile } from '../../database/connection.ts';
import type { Workspace } from '../../database/workspace.ts';
import { drill } from '../../drill/drill.ts';
import { copyImage } from '../../drill/image.ts';
import type { Leg } from '../../drill/reference.ts';
import { isInWalMode, readHeader } from '../../files/database-header.ts';
import type { RehearsalStep } from '../../gate/rehearsal.ts';
import type { BrokenDrill } from '../../model/drill.ts';
import type { Finding } from '../../model/finding.ts';
import type { Migration } from '../../model/history.ts';
import type { Note } from '../../model/note.ts';
import type { DrillRequest } from '../../model/request.ts';
import type { ProjectSources } from '../project.ts';
import { createRunning, findingsOf, notesOf, optionsOf, prepareStages } from './run.ts';

/** The number of faults on a copy of production, each of which copies and reads the whole database. */
const usualFaults = 20;

/** A drill on a copy of production. */
export interface CopyDrill {
  /** Takes notice of a step of the rehearsal; at the first one the copy is as it came. */
  readonly see: (step: RehearsalStep) => void;
  /** Injects the faults; nothing where nothing is pending. */
  readonly run: () => Promise<{ readonly findings: readonly Finding[]; readonly notes: readonly Note[] }>;
}

/**
 * Prepares a drill of what is pending on a copy of production.
 * @param given the project before its programs were loaded
 * @param copy the file of the copy, as it came
 */
export function createCopyDrill(
  sources: ProjectSources,
  given: Pick<ProjectSources, 'config'>,
  copy: string,
  request: DrillRequest,
  workspace: Workspace,
): CopyDrill {
  const { config } = sources;
  const journal = isInWalMode(readHeader(copy)) ? 'WAL' : 'DELETE';
  const template = workspace.path('drilled.db');
  let pending: readonly Migration[] = [];
  return {
    see: (step) => {
      if (step.kind !== 'ledger') return;
      pending = step.reading.pending;
      if (pending.length > 0) copyImage(copy, template);
    },
    run: async () => {
      const [first, ...others] = pending;
      if (first === undefined) return { findings: [], notes: [] };
      const db = openFile(template, { ...config.settings, lendsDatabases: false }, { mustExist: true });
      db.pragma(`journal_mode = ${journal}`);
      db.close();
      const last = others.at(-1) ?? first;
      const id = `${first === last ? first.name : `${first.name}..${last.name}`}/copy`;
      const leg: Leg = { id, template, pending: [first, ...others], last };
      const running = createRunning(sources, given, request, workspace);
      try {
        const { stages, undrilled } = prepareStages([leg], running, sources, workspace);
        const explain = (broken: readonly BrokenDrill[]): Finding[] =>
          findingsOf({ broken }, sources, 'copy', config.includeValues);
        const result = await drill(stages, optionsOf(request, config.seed, usualFaults, explain));
        return {
          findings: explain(result.broken),
          notes: notesOf(result, running, sources, undrilled),
        };
      } finally {
        running.dispose();
      }
    },
  };
}
