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
