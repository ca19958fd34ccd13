/** A report tells how to write its corrected migrations into their files. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { inProcess } from '../cli/main.ts';
import { folderWith } from '../temporary.ts';

const first = 'CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT);';
const unsafe = 'ALTER TABLE a ADD COLUMN size INTEGER NOT NULL;';
const also = 'ALTER TABLE a ADD COLUMN weight INTEGER NOT NULL;';

/** The output of a run on one line. */
async function output(...args: readonly string[]): Promise<string> {
  return (await inProcess(...args)).stdout.replaceAll(/\s+/g, ' ');
}

describe('a check with a corrected migration', () => {
  test('names the last one that may be applied', async () => {
    const folder = folderWith({ 'm/1_a.sql': first, 'm/2_b.sql': unsafe });
    const text = await output('check', join(folder, 'm'), '--dataset', 'one-row');
    expect(text).toContain(
      'The corrected text goes into its file (2_b) with `--fix --since 1_a` added to this command, if production has applied nothing after 1_a.',
    );
  });

  test('asks for the database where the first one is corrected', async () => {
    const folder = folderWith({
      'base.sql': first,
      'm/1_a.sql': unsafe,
      'm/2_b.sql': also,
    });
    const base = ['--base', join(folder, 'base.sql'), '--dataset', 'one-row'];
    expect(await output('check', join(folder, 'm'), ...base)).toContain(
      'The corrected texts go into their files (1_a, 2_b) with `--fix --db FILE` added to this command; FILE is',
    );
  });

  test('needs one flag more where it is told what is applied, and none with it', async () => {
    const folder = folderWith({ 'm/1_a.sql': first, 'm/2_b.sql': unsafe });
    const args = ['check', join(folder, 'm'), '--dataset', 'one-row', '--since', '1'];
    expect(await output(...args)).toContain('(2_b) with `--fix` added to this command.');
    expect(await output(...args, '--format', 'markdown')).toContain('(2\\_b) with \\`--fix\\` added to this command.');
    expect(await output(...args, '--format', 'html')).toContain('(2_b) with `--fix` added to this command.');
    expect(await output(...args, '--fix')).not.toContain('The corrected text goes');
  });

  test('says nothing where none is corrected', async () => {
    const folder = folderWith({ 'm/1_a.sql': first });
    expect(await output('check', join(folder, 'm'), '--dataset', 'one-row')).not.toContain('corrected');
  });
});

test('a gate gives the whole command, from the place of the database, and ends with its verdict', async () => {
  const folder = folderWith({ 'm/1_a.sql': first, 'm/2_b.sql': unsafe });
  const file = join(folder, 'app.db');
  const db = new Database(file);
  db.exec(`${first} INSERT INTO a (name) VALUES ('x')`);
  db.close();
  const { stdout } = await inProcess('gate', '--db', file, '--at', '1', join(folder, 'm'));
  const [fix, verdict] = stdout.trim().split('\n').slice(-2);
  expect(fix).toBe(
    `The corrected text goes into its file (2_b) with \`rowproof check --fix --since 1_a '${join(folder, 'm')}'\`.`,
  );
  expect(verdict).toMatch(/^NO-GO: /);
});
