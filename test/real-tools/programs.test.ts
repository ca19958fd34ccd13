/** Tools whose migrations are programs, on each driver that installs: rowproof leaves what the tool itself leaves. */
import { globSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, describe, expect, test } from 'vitest';
import { check } from '../../src/api.ts';
import { folderWith } from '../temporary.ts';
import { file } from './document.ts';
import { programDrivers } from './programs/list.ts';
import { fill, isThere, measureProgram, type ProgramRow, renderProgramsIn } from './programs/table.ts';

const measured: ProgramRow[] = [];
const there = programDrivers.filter(isThere);

describe.each(there)('$title on $driver', (tool) => {
  test('leaves the same rows, definitions and ledger', async () => {
    const row = await measureProgram(tool);
    measured.push(row);
    expect({ ours: row.ours, differences: row.differences }).toEqual({ ours: row.theirs, differences: [] });
  });
});

// The drivers have stand-ins, so that none has to be built.
describe.each(programDrivers)('$title on $driver', (tool) => {
  test('never reaches the production file that the project names', async () => {
    const prod = join(folderWith(), 'prod.db');
    new Sqlite(prod)
      .exec("CREATE TABLE users (id INTEGER PRIMARY KEY, email); INSERT INTO users VALUES (1, 'a')")
      .close();
    const folder = folderWith();
    fill(folder, tool);
    expect(pointAt(folder, prod)).toBeGreaterThan(0);
    const facts = (): unknown => [
      readFileSync(prod),
      statSync(prod).mtimeMs,
      readdirSync(dirname(prod)),
      listing(folder),
    ];
    const before = facts();
    const { steps } = await check({ migrations: join(folder, tool.place), programs: true, dataset: ['one-row'] });
    expect(steps.filter(({ dataset }) => dataset === 'empty').map(({ outcome }) => outcome)).toEqual(
      Array.from({ length: 3 }, () => 'applied'),
    );
    expect(facts()).toEqual(before);
  });
});

/** Puts the path of the production file where a project names its database. @returns the number of files that name one */
function pointAt(folder: string, prod: string): number {
  const files = listing(folder).filter((name) => /\.(?:[jt]s|json)$/.test(name) && !name.includes('migrations/'));
  const changed = files.filter((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const pointed = text.replaceAll(
      /(['"])(file:)?(?:\.\/)?(?:app|theirs)\.db\1/g,
      (_all, quote, scheme = '') => `${quote}${scheme}${prod}${quote}`,
    );
    writeFileSync(join(folder, name), pointed);
    return pointed !== text;
  });
  return changed.length;
}

function listing(folder: string): string[] {
  return globSync('**', { cwd: folder, exclude: ['node_modules'] })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
}

// After all, not a test of its own: it needs every row, and a single test must run alone.
afterAll(() => {
  if (measured.length !== there.length) return;
  const document = readFileSync(file, 'utf8');
  expect(renderProgramsIn(document, measured, programDrivers), 'pnpm tools').toBe(document);
});
