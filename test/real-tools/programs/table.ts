import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readHistory } from '../../../src/tools/history.ts';
import { type Beside, runBeside } from '../../programs/beside-tool.ts';
import { rowsAfterFirst, samples } from '../../programs/fill.ts';
import { replacePart } from '../table.ts';
import type { ProgramDriver } from './program-driver.ts';

/** A tool whose migrations are programs on a driver, beside rowproof's run of them by the same tool. */
export type ProgramRow = Beside & Pick<ProgramDriver, 'title' | 'driver'>;

/** The packages of this suite, which stand for those that a project has installed. */
const packages = join(import.meta.dirname, '..', 'node_modules');

/** Whether a driver could be built. */
export function isThere({ needs }: ProgramDriver): boolean {
  return needs === null || existsSync(join(packages, needs, 'build', 'Release'));
}

/** Runs the sample by the tool on a file, and by rowproof on a scratch database, in a project that is set up for the driver. */
export async function measureProgram(tool: ProgramDriver): Promise<ProgramRow> {
  const folder = mkdtempSync(join(tmpdir(), 'rowproof programs '));
  try {
    fill(folder, tool);
    return { ...(await runBeside(folder, tool)), title: tool.title, driver: tool.driver };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Sets up a project for a driver in an empty folder, with rows that are put in after its first step. */
export function fill(folder: string, { sample, place, files, versions }: ProgramDriver): void {
  cpSync(join(samples, sample), folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  install(folder, versions);
  const first = readHistory(join(folder, place)).migrations[0]?.id ?? '1';
  mkdirSync(join(folder, 'rows'));
  writeFileSync(join(folder, 'rows', `${first}_rows.sql`), rowsAfterFirst);
}

function install(folder: string, versions: ProgramDriver['versions']): void {
  const installed = join(folder, 'node_modules');
  if (Object.keys(versions).length === 0) {
    symlinkSync(packages, installed);
    return;
  }
  mkdirSync(installed);
  for (const name of readdirSync(packages))
    if (!name.startsWith('.')) symlinkSync(join(packages, versions[name] ?? name), join(installed, name));
}

/** The document with what was measured. A row whose driver is not there stays as the document has it. */
export function renderProgramsIn(document: string, rows: readonly ProgramRow[], all: readonly ProgramDriver[]): string {
  const lines = all.map((tool) => {
    const row = rows.find(({ title, driver }) => title === tool.title && driver === tool.driver);
    return row === undefined ? lineOf(document, tool) : renderRow(row);
  });
  const head = [
    '| tool | driver | it leaves | rowproof leaves | tables that differ | its own tables, compared too |',
    '| --- | --- | --- | --- | --- | --- |',
  ];
  return replacePart(document, 'programs', [...head, ...lines].join('\n'));
}

const beginningOf = ({ title, driver }: Pick<ProgramDriver, 'title' | 'driver'>): string => `| ${title} | ${driver} | `;

function lineOf(document: string, tool: ProgramDriver): string {
  const known = document.split('\n').find((line) => line.startsWith(beginningOf(tool)));
  return known ?? `${beginningOf(tool)}not run here | not compared | not compared | – |`;
}

function renderRow(row: ProgramRow): string {
  const { theirs, ours, differences, ledgers } = row;
  const differing = differences.length === 0 ? 'none' : differences.join(', ');
  return `${beginningOf(row)}${theirs ?? 'not run here'} | ${ours} | ${differing} | ${ledgers.join(', ')} |`;
}
