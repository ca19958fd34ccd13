import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { measure } from './measure.ts';
import { realTools } from './real-tools.ts';
import { type Row, renderTable, replacePart } from './table.ts';

/** The document that keeps what is measured here. */
export const file = join(import.meta.dirname, '..', '..', 'docs', 'tools.md');

/** Runs every tool over its sample, and rowproof beside it. */
export async function measureAll(): Promise<Row[]> {
  const rows: Row[] = [];
  // One after the other: some of them keep to ports and folders of their own.
  for (const tool of realTools) rows.push({ ...(await measure(tool)), name: tool.name, sample: tool.sample });
  return rows;
}

/** The document with what was measured. */
export function renderDocument(rows: readonly Row[]): string {
  return replacePart(readFileSync(file, 'utf8'), 'measured', renderTable(rows));
}
