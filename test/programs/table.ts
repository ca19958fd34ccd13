import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replacePart } from '../real-tools/table.ts';
import { type Beside, runBeside } from './beside-tool.ts';
import { fillWithSample } from './fill.ts';
import { rowsNameOf, type SampleTool, sampleTools } from './sample-tools.ts';

/** A tool whose migrations are programs, beside rowproof's run of them by the same tool. */
export type ProgramRow = Beside & { readonly title: string };

/** Runs each sample by its tool on a file, and by rowproof on a scratch database. */
export async function measurePrograms(): Promise<ProgramRow[]> {
  const rows: ProgramRow[] = [];
  for (const tool of sampleTools) rows.push(await measureProgram(tool));
  return rows;
}

async function measureProgram(tool: SampleTool): Promise<ProgramRow> {
  const folder = mkdtempSync(join(tmpdir(), 'rowproof programs '));
  try {
    fillWithSample(folder, tool.sample, rowsNameOf(tool), tool.versions);
    return { ...(await runBeside(folder, tool)), title: tool.title };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The document with what was measured. @param document without it. */
export function renderProgramsIn(document: string, rows: readonly ProgramRow[]): string {
  return replacePart(document, 'programs', renderPrograms(rows));
}

function renderPrograms(rows: readonly ProgramRow[]): string {
  return [
    '| tool | it leaves | rowproof leaves | tables that differ | its own tables, compared too |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map(({ title, theirs, ours, differences, ledgers }) => {
      const differing = theirs === null ? 'not compared' : differences.length === 0 ? 'none' : differences.join(', ');
      return `| ${title} | ${theirs ?? 'not run here'} | ${ours} | ${differing} | ${ledgers.join(', ')} |`;
    }),
  ].join('\n');
}
