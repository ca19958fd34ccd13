/** A key that a migration writes as a constant for each row needs two rows, whatever they hold. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../src/api.ts';
import { folderWith } from './temporary.ts';

const needsOf = async (schema: string, migration: string): Promise<string[]> => {
  const folder = folderWith({ 'm/1_a.sql': schema, 'm/2_b.sql': migration });
  const { findings } = await check({ migrations: join(folder, 'm') });
  const failures = findings.filter(({ code }) => code === 'fails-on-rows');
  expect(failures.every(({ severity }) => severity === 'warning')).toBe(true);
  return failures.flatMap(({ hazards }) => hazards.map(({ needs }) => needs));
};

test('two constants of a compound SELECT', async () => {
  const needs = await needsOf(
    'CREATE TABLE preferences (id INTEGER PRIMARY KEY, colours TEXT NOT NULL, letters TEXT NOT NULL);',
    `CREATE TABLE options (name TEXT PRIMARY KEY, value TEXT NOT NULL);
     INSERT INTO options SELECT 'colours', colours FROM preferences UNION ALL SELECT 'letters', letters FROM preferences;
     DROP TABLE preferences;`,
  );
  expect(needs).toEqual(['two rows of preferences']);
});

test('a number for the key of the one row', async () => {
  const needs = await needsOf(
    'CREATE TABLE station (id INTEGER PRIMARY KEY, call_sign TEXT NOT NULL, mast REAL NOT NULL);',
    `CREATE TABLE stations (id INTEGER PRIMARY KEY CHECK (id = 1), call_sign TEXT NOT NULL, mast REAL NOT NULL);
     INSERT INTO stations SELECT 1, call_sign, mast FROM station;
     DROP TABLE station;`,
  );
  expect(needs).toEqual(['two rows of station']);
});

test('a key out of the row needs two that are alike', async () => {
  const needs = await needsOf(
    'CREATE TABLE piers (id INTEGER PRIMARY KEY, name TEXT NOT NULL);',
    'CREATE UNIQUE INDEX piers_by_name ON piers (name);',
  );
  expect(needs).toEqual(['two rows of piers with the same name']);
});
