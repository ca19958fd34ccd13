/** Without an argument the command finds the migrations of the project, whatever its tool, or says which there are. */
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rowproof } from '../cli/run.ts';
import { folderWith } from '../temporary.ts';

const samples = join(import.meta.dirname, 'samples');

/** The result of the command in each sample from its schema alone: its exit code, and the runner of the migrations. */
const said: readonly (readonly [sample: string, exit: 0 | 1 | 2, runner: string])[] = [
  ['atlas', 0, 'Atlas (atlas.sum) · driver go'],
  ['db-migrate', 0, 'db-migrate (sqls/20260101000000-init-up.sql) · driver sqlite3'],
  ['dbmate', 0, 'dbmate (-- migrate:up in 20261129202845_init.sql) · driver go'],
  ['diesel', 0, 'diesel (diesel.toml) · driver rust'],
  ['drizzle-0x', 2, '  Name one:'],
  [
    'drizzle-1x',
    1,
    'drizzle-kit 1.0 (20261129201356_init/snapshot.json) · driver better-sqlite3 is assumed (--driver names another)',
  ],
  ['flyway', 0, 'Flyway (V1__init.sql) · driver jdbc'],
  ['golang-migrate', 0, 'golang-migrate (golang-migrate in go.mod) · driver go'],
  ['goose', 0, 'goose (-- +goose Up in 00001_init.sql) · driver go'],
  ['goose-in-transaction', 0, 'goose (-- +goose Up in 00001_init.sql) · driver go'],
  ['liquibase', 0, 'Liquibase (--liquibase formatted sql in 001-init.sql) · driver jdbc'],
  [
    'npm-sqlite',
    0,
    'the npm package sqlite (-- Down in 001-init.sql) · driver sqlite3 is assumed (--driver names another)',
  ],
  ['plain', 1, 'foreign keys on · one transaction per migration · double-quoted strings off · seed 1'],
  ['postgrator', 0, 'postgrator (001.do.init.sql) · driver better-sqlite3 is assumed (--driver names another)'],
  ['prisma', 0, 'Prisma (migration_lock.toml) · driver rust'],
  ['refinery', 1, 'refinery (refinery in Cargo.toml) · driver rust'],
  ['rusqlite_migration', 1, 'rusqlite_migration (folders N-name from 1 on) · driver rust'],
  ['sql-migrate', 0, 'sql-migrate (-- +migrate Up in 1_init.sql) · driver go'],
  ['sqldelight', 0, 'SQLDelight (1.sqm) · driver jdbc'],
  ['sqlx', 0, 'sqlx (sqlx in Cargo.toml) · driver rust'],
  ['sqlx-simple', 0, 'sqlx (sqlx in Cargo.toml) · driver rust'],
  ['wrangler-d1', 1, 'wrangler (D1) (wrangler.jsonc) · driver d1'],
];

test('every sample has a row in the table', () => {
  expect(said.map(([sample]) => sample)).toEqual(readdirSync(samples).sort());
});

test.each(said)('in %s the command exits with %i and prints %s', (sample, exit, runner) => {
  const folder = folderWith();
  cpSync(join(samples, sample), folder, { recursive: true });
  const { status, stdout, stderr } = rowproof([], { cwd: folder });
  expect({ status, line: `${stdout}${stderr}`.split('\n')[1] }).toEqual({ status: exit, line: runner });
});

test('several places are listed, with the command for each', () => {
  const folder = folderWith({
    'migrations/1_a.sql': 'CREATE TABLE a (b);',
    'packages/x/drizzle/0000_a.sql': 'CREATE TABLE a (b);',
  });
  mkdirSync(join(folder, 'sql'));
  const { status, stderr } = rowproof(['check'], { cwd: folder });
  expect(status).toBe(2);
  expect(stderr).toMatch(/2 folders here hold migrations\./);
  expect(stderr).toMatch(/\n {2}Name one:\n {4}rowproof check migrations\n {4}rowproof check packages\/x\/drizzle\n$/);
});
