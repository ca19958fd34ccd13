import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Database, openMemory } from '../../src/database/connection.ts';
import { readSchema } from '../../src/database/introspect.ts';
import { createJudge } from '../../src/database/judge.ts';
import { loadHistory } from '../../src/load/history.ts';
import type { Migration } from '../../src/model/history.ts';
import type { Settings } from '../../src/model/settings.ts';
import { fillEmptyTables } from '../../src/seed/one-row.ts';
import { loadVocabulary } from '../../src/seed/values/vocabulary.ts';
import { emptyTables } from './filling.ts';

interface Case {
  readonly settings: { readonly foreign_keys: 'on' | 'off'; readonly transaction: Settings['transaction'] };
}

const folder = join(import.meta.dirname, '..', 'specimens');
const specimens = readdirSync(folder).map((name) => {
  const { settings }: Case = JSON.parse(readFileSync(join(folder, name, 'case.json'), 'utf8'));
  return { name, directory: join(folder, name, 'migrations'), ...settings };
});
const vocabulary = await loadVocabulary(1);
const demonstration = join(import.meta.dirname, '..', '..', 'migrations');

describe('no table of a specimen stays empty at any version', () => {
  test.each([
    ...specimens,
    {
      name: 'the demonstration history',
      directory: demonstration,
      foreign_keys: 'on',
      transaction: 'per-migration',
    } as const,
  ])('$name', ({ directory, foreign_keys, transaction }) => {
    const settings: Settings = {
      foreignKeys: foreign_keys === 'on',
      transaction,
      doubleQuotedStrings: false,
      recursiveTriggers: false,
      legacyAlterTable: false,
    };
    const { migrations } = loadHistory(directory);
    const baseline = openMemory(settings);
    let db = openMemory(settings);
    for (const [i, migration] of migrations.entries()) {
      if (!apply(baseline, migration, transaction)) break;
      // Where the rows stop the migration, which is what most specimens are for, the next version is filled anew.
      if (!apply(db, migration, transaction)) db = openMemory(settings, baseline.serialize());
      const unfilled = fillEmptyTables(readSchema(db), createJudge(db), {
        later: migrations.slice(i + 1),
        seed: 1,
        vocabulary,
      });
      expect({ version: migration.name, unfilled, empty: emptyTables(db) }).toEqual({
        version: migration.name,
        unfilled: [],
        empty: [],
      });
    }
  });
});

function apply(db: Database, { statements }: Migration, transaction: Settings['transaction']): boolean {
  try {
    if (transaction !== 'none') db.exec('BEGIN');
    for (const { sql } of statements) db.exec(sql);
    if (db.inTransaction) db.exec('COMMIT');
    return true;
  } catch {
    if (db.inTransaction) db.exec('ROLLBACK');
    return false;
  }
}
