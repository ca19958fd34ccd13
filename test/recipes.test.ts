/** The examples of the documents that can be read without a process; recipes.deep.test.ts runs them. */
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { example } from './recipes.ts';

test('the CI job is YAML with a gate as its last step', () => {
  const { jobs } = parse(example('gate.md', 'gate.yml'));
  expect(jobs.gate.steps.at(-1)).toEqual({ run: 'npx rowproof gate --db backup.db' });
  expect(jobs.gate.permissions).toEqual({ contents: 'read' });
});

test.each([['compose'], ['litestream'], ['ssh']])('the recipe %s ends at the first command that fails', (name) => {
  expect(example('gate.md', name)).toMatch(/^set -eu\n/);
  expect(example('gate.md', name)).toContain('npx rowproof gate --db ');
});
