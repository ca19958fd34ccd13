import type { Topic } from '../../topic.ts';

/** A production schema that differs from the result of its migrations, before pending ones run. */
export const schemaDrift: Topic = {
  title: 'the schema of production differs from the result of its migrations',
  severity: 'warning',
  why: 'Somebody changed production by hand, or a file was changed after it was applied. Tests run against a schema that production does not have.',
  instead: 'Write a new migration that makes tests and production agree again.',
  bad: 'sqlite3 app.db "DROP INDEX users_by_email"',
  good: '0007_drop_users_by_email.sql  -- DROP INDEX IF EXISTS users_by_email;',
  link: 'https://sqlite.org/schematab.html',
};
