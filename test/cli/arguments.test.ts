/** The command that arguments mean, and the one that they should have been. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandOn, withCommand } from '../../src/cli/arguments.ts';
import { folderWith } from '../temporary.ts';
import { inProcess } from './main.ts';

const commands = ['check', 'gate', 'seed'];
const table = 'CREATE TABLE a (id INTEGER PRIMARY KEY);';

describe('arguments without a command', () => {
  test.each([
    [[], ['check']],
    [
      ['--format', 'json'],
      ['check', '--format', 'json'],
    ],
    [['test'], ['check', 'test']],
    [
      ['-o', 'r.json', 'test'],
      ['check', '-o', 'r.json', 'test'],
    ],
  ])('%j are those of check', (args, meant) => {
    expect(withCommand(args, commands)).toEqual(meant);
  });

  test.each([[['--help']], [['-h']], [['--version']], [['gate', '--db', 'app.db']], [['no-such-folder']]])(
    '%j stay as they are',
    (args) => {
      expect(withCommand(args, commands)).toBe(args);
    },
  );

  test('a command behind its options is told where it belongs', async () => {
    const { status, stderr } = await inProcess('--db', "it's.db", 'gate');
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr:
        "rowproof: The command gate stands behind its options.\n  Write it first: rowproof gate --db 'it'\\''s.db'\n",
    });
  });

  test('the options of check work, on a folder too', async () => {
    const folder = folderWith({ 'm/1_a.sql': table });
    const { status, stdout } = await inProcess('--format', 'json', '--dataset', 'one-row', join(folder, 'm'));
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ summary: { migrations: 1 } });
    expect(await inProcess(join(folder, 'm'))).toMatchObject({ status: 0 });
  });

  test('a word that is neither a command nor a folder is no folder', async () => {
    const { status, stderr } = await inProcess('chekc');
    expect(status).toBe(2);
    expect(stderr).toMatch(/unknown command 'chekc'[\s\S]*Did you mean check\?/);
  });
});

describe('a project with several folders of migrations', () => {
  test.each([
    ['check', []],
    ['gate', ['--db', 'app.db']],
    ['seed', ['-o', 'x.db']],
    ['drill', ['--faults', '2']],
    ['migrate', ['--db', 'x.db']],
    ['init', ['--yes']],
  ])('gets the lines of %s for each of them', async (command, flags) => {
    const folder = folderWith({ 'a/migrations/1_a.sql': table, 'b c/migrations/1_a.sql': table });
    const { status, stderr } = await inProcess(command, folder, ...flags);
    const before = ['rowproof', command, ...flags].join(' ');
    expect({ status, lines: stderr.trim().split('\n').slice(1) }).toEqual({
      status: 2,
      lines: ['  Name one:', `    ${before} '${folder}/a/migrations'`, `    ${before} '${folder}/b c/migrations'`],
    });
  });

  test('and a folder that stands before flags is left out of them', () => {
    const called = { args: ['check', 'apps', '--seeds', 'apps'], folder: 'apps' };
    expect(commandOn('apps/x', called)).toBe('rowproof check --seeds apps apps/x');
  });
});
