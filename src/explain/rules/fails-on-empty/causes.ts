import type { Topic } from '../../topic.ts';

/** A text in double quotes, which only a SQLite built for it takes for a string. */
export const doubleQuotedString: Topic = {
  title: 'fails on an empty database, as "x" is no string',
  severity: 'error',
  why: 'Double quotes are for names. Some builds of SQLite take "x" for a string where no column has that name; with --double-quoted-strings off none does.',
  instead:
    'Write strings in single quotes. If production takes "x" for a string (the C library\'s default), say --double-quoted-strings on, which runs the SQLite of Node.',
  bad: 'UPDATE config SET category = "internal";',
  good: "UPDATE config SET category = 'internal';",
  link: 'https://sqlite.org/quirks.html#dblquote',
};
