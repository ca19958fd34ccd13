/** What a program executed stands for the program where it does not depend on rows, and no longer. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../src/api.ts';
import { numberSavepoints } from '../src/sql/savepoint-names.ts';
import { projectWith } from './programs/project.ts';

test('savepoints that a tool counts on are equal, and others are not', () => {
  const numbered = (texts: readonly string[]): string[] => {
    const number = numberSavepoints();
    return texts.map((text) => number(text));
  };
  const first = numbered(['SAVEPOINT trx7;', 'savepoint "trx8"', 'ROLLBACK TO SAVEPOINT TRX7', 'RELEASE trx7;']);
  expect(first).toEqual(numbered(['SAVEPOINT trx9;', 'savepoint "t8"', 'ROLLBACK TO SAVEPOINT trx9', 'RELEASE trx9;']));
  expect(first).not.toEqual(numbered(['SAVEPOINT a;', 'savepoint "b"', 'ROLLBACK TO SAVEPOINT b', 'RELEASE a;']));
  expect(numbered(['ROLLBACK', 'UPDATE t SET a = 1'])).toEqual(['ROLLBACK', 'UPDATE t SET a = 1']);
});

const init = `export async function up(knex) {
  await knex.schema.createTable('users', (t) => { t.increments('id'); t.string('email'); t.string('name'); });
}
export async function down() {}`;

/** Two statements, of which the first fails on a NULL and the second on duplicates. */
const second = (catches: boolean): string => `export async function up(knex) {
  await knex.raw('CREATE TABLE names (name TEXT NOT NULL)');
  await knex.raw('INSERT INTO names SELECT name FROM users');
  await knex.raw('CREATE UNIQUE INDEX one ON users (email)')${catches ? '.catch(() => {})' : ''};
}
export async function down() {}
export const config = { transaction: false };`;

test.each([
  [true, ['names 3']],
  [false, ['names 3', 'users 4']],
])('a failure that a program catches (%s) is none, although another stops it', async (catches, expected) => {
  const folder = projectWith({ 'migrations/1_init.js': init, 'migrations/2_second.js': second(catches) });
  const { findings } = await check({
    ...{ migrations: join(folder, 'migrations'), programs: true, tool: 'knex', dataset: ['awkward'] },
  });
  const failures = findings.filter(({ code }) => code === 'not-atomic' || code === 'fails-on-rows');
  expect(failures.map(({ table, line }) => `${table} ${line}`)).toEqual(expected);
});
