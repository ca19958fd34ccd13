import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../src/api.ts';
import type { Config } from '../src/config.ts';
import { folderWith } from './temporary.ts';

test.each([false, true])(
  'rows in files give the same findings as rows in memory, and nothing is left behind (interrupted: %s)',
  async (interrupt) => {
    const folder = folderWith({
      'migrations/0001_init.sql': 'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT);',
      'migrations/0002_swap.sql': [
        'CREATE TABLE u (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT);',
        'INSERT INTO u SELECT id, a, NULL FROM t WHERE b IS NOT NULL;',
        'DROP TABLE t;',
        'ALTER TABLE u RENAME TO t;',
      ].join('\n'),
      'migrations/0003_fails.sql': 'ALTER TABLE t ADD COLUMN c TEXT NOT NULL;',
      'migrations/0004_goes_on.sql': "UPDATE t SET a = 'x';",
    });
    const temporary = join(folder, 'tmp');
    mkdirSync(temporary);
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = temporary;
    try {
      const found = async (rows: number): Promise<unknown> => {
        const config: Config = { migrations: `${folder}/migrations`, dataset: ['typical'], rows };
        // Without a transaction the migrations fail halfway.
        const { findings, steps } = await check({
          ...config,
          interrupt,
          transaction: interrupt ? 'none' : 'per-migration',
        });
        return { steps, codes: findings.map(({ code, statement, table }) => [code, statement, table]) };
      };
      expect(await found(20_001)).toEqual(await found(2_000));
      const left = readdirSync(temporary).flatMap((name) => readdirSync(join(temporary, name)));
      expect(left.filter((name) => name.startsWith('typical'))).toEqual([]);
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    }
  },
);
