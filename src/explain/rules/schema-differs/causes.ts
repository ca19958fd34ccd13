import type { Topic } from '../../topic.ts';

/** A production schema that is not what its migrations make, before anything pending has run. */
export const schemaDrift: Topic = {
  title: 'production does not have the schema that its migrations make',
  severity: 'warning',
  why: 'Somebody changed production by hand, or a file was changed after it was applied. Tests run against a schema that production does not have.',
  instead: 'Bring both together by a new migration, so that tests and production agree again.',
  bad: 'sqlite3 app.db "DROP INDEX users_by_email"',
  good: '0007_drop_users_by_email.sql  -- DROP INDEX IF EXISTS users_by_email;',
  link: 'https://sqlite.org/schematab.html',
};
