/** Without an argument the command finds the migrations of the project, whatever its tool, or says which there are. */
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rowproof } from '../cli/run.ts';
import { folderWith } from '../temporary.ts';

const samples = join(import.meta.dirname, 'samples');

/** Two of the samples keep their migrations in two places. */
const several = new Set(['drizzle-0x']);

/** The exit code of each sample, from its schema alone: the rebuild loses the children, or does not. */
const losing = new Set(['plain', 'drizzle-1x', 'wrangler-d1', 'refinery', 'rusqlite_migration']);

describe.each(readdirSync(samples).filter((name) => !several.has(name)))('in %s', (sample) => {
  test(losing.has(sample) ? 'the loss is found' : 'there is nothing to find', () => {
    const folder = folderWith();
    cpSync(join(samples, sample), folder, { recursive: true });
    const { status, stdout, stderr } = rowproof(['check', '--dataset', 'one-row'], { cwd: folder });
    expect({ status, stderr }).toEqual({ status: losing.has(sample) ? 1 : 0, stderr: '' });
    if (sample !== 'plain') expect(stdout.split('\n')[1]).toMatch(/\(.+\)/);
  });
});

test('several places are listed, with the command for each', () => {
  const folder = folderWith({
    'migrations/1_a.sql': 'CREATE TABLE a (b);',
    'packages/x/drizzle/0000_a.sql': 'CREATE TABLE a (b);',
  });
  mkdirSync(join(folder, 'sql'));
  const { status, stderr } = rowproof(['check'], { cwd: folder });
  expect(status).toBe(2);
  expect(stderr).toMatch(/Several folders here hold migrations: migrations, packages\/x\/drizzle\./);
  expect(stderr).toMatch(/rowproof check migrations; rowproof check packages\/x\/drizzle/);
});
