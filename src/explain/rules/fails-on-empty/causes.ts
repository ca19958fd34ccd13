import type { Topic } from '../../topic.ts';

/** Text in double quotes; only some builds of SQLite read it as a string. */
export const doubleQuotedString: Topic = {
  title: 'fails on an empty database: "x" names a column',
  severity: 'error',
  why: 'Double quotes are for names. If no column has the name, some builds of SQLite read "x" as a string; with --double-quoted-strings off none does.',
  instead:
    'Write strings in single quotes. If production reads "x" as a string (the C library\'s default), use --double-quoted-strings on, which runs the SQLite of Node.',
  bad: 'UPDATE config SET category = "internal";',
  good: "UPDATE config SET category = 'internal';",
  link: 'https://sqlite.org/quirks.html#dblquote',
};

/** A table that the history does not make: another program or folder does. */
export const tableFromElsewhere: Topic = {
  title: 'needs a table that this folder does not make',
  severity: 'error',
  why: 'No migration of the folder makes the table, so the history begins on a database that another folder or a program has made.',
  instead: 'Name a database or an SQL file that holds the table, without rows: --base FILE.',
  bad: 'CREATE INDEX albums_by_year ON albums (year);',
  good: '-- rowproof check migrations --base schema.sql\nCREATE INDEX albums_by_year ON albums (year);',
  link: 'https://sqlite.org/lang_createindex.html',
};
