import { expect } from 'vitest';
import { rowproof } from '../cli/run.ts';
import { folderWith } from '../temporary.ts';

/** One thing that the code of a project does, and how the command ends. */
export interface Misdeed {
  /** The action of the code. */
  readonly what: string;
  /** Files beside one migration that makes a table `a`. */
  readonly files: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
  /** 2 when left out. */
  readonly status?: number;
  /** The words on the error output; none when left out. */
  readonly says?: RegExp;
}

/** Counts for ever. */
export const endless = 'WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c) SELECT count(*) FROM c';

/** A config that does something when it is loaded. */
export function config(code: string): Readonly<Record<string, string>> {
  return { 'rowproof.config.mjs': `${code}\nexport default {};` };
}

/** A config with some keys. */
export function keys(text: string): Readonly<Record<string, string>> {
  return { 'rowproof.config.ts': `export default {\n${text} };` };
}

/** A seed in TypeScript that does something. */
export function seed(body: string): Readonly<Record<string, string>> {
  return { 'seeds/1_a.ts': `export default ({ insert, run }) => {\n${body}\n};` };
}

/** Runs `check` and proves how it ends: with its code, a sentence, no stack of ours, and nothing left behind. */
export function expectEnd({ files, flags = [], status = 2, says }: Misdeed): void {
  const cwd = folderWith({
    'migrations/1_a.sql': 'CREATE TABLE a (id INTEGER PRIMARY KEY, b TEXT);',
    'tmp/.keep': '',
    ...files,
  });
  const run = rowproof(['check', '--dataset', 'seeds/1_a.ts' in files ? 'fixture' : 'one-row', ...flags], {
    cwd,
    env: { TMPDIR: `${cwd}/tmp` },
  });
  expect(run.stderr).toMatch(says ?? /^$/);
  expect(run.status).toBe(status);
  expect(run.stdout === '').toBe(status === 2);
  expect(run.stdout + run.stderr).not.toMatch(/^\s+at /m);
  if (says !== undefined) expect(run.stderr).toMatch(/^rowproof: \S.*\n(?: {2}\S.*\n)?$/);
}
