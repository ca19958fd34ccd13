import type { FailureCause } from '../../../model/finding.ts';
import type { Statement } from '../../../model/history.ts';
import { readUpdate } from '../../../sql/assignments.ts';
import { readComputed } from '../../../sql/generated-columns.ts';
import { needsQuotes } from '../../../sql/keywords.ts';
import { isLiteral } from '../../../sql/literals.ts';
import { namesIn } from '../../../sql/names.ts';
import { foldName, quoteName, sameName } from '../../../sql/quote.ts';
import { readWriteText } from '../../../sql/write-text.ts';
import type { FailureTopic } from './topic.ts';

type OwnValue = Extract<
  FailureCause,
  | 'own-row-collides'
  | 'made-equal'
  | 'required-column-left-out'
  | 'new-word-refused'
  | 'search-index-malformed'
  | 'outside-object'
>;

/**
 * The causes in which nobody's row is wrong: the migration itself wrote the value that SQLite refuses, or an object that
 * is not in the migrations took part.
 */
export const ownValueCauses: Readonly<Record<OwnValue, FailureTopic>> = {
  'outside-object': {
    matches: ({ origin }) => origin?.outside != null,
    title: 'an object outside the migrations refuses',
    severity: 'error',
    why: 'The database has a trigger or view that no migration makes. SQLite runs it with the statement, or reads it again when a table changes.',
    instead:
      'Drop the object before the statement, and let its owner make it again. If a migration makes it in the first place, every database has it and a test shows the failure.',
    advise: ({ origin }) =>
      origin?.outside == null
        ? null
        : `Drop the ${origin.outside.type} ${origin.outside.name} before the statement, and let its owner make it again, or make it in a migration.`,
    bad: 'ALTER TABLE benches DROP COLUMN vice;  -- the application made a trigger that reads it',
    good: 'DROP TRIGGER IF EXISTS benches_need_a_vice;\nALTER TABLE benches DROP COLUMN vice;',
    link: 'https://sqlite.org/lang_altertable.html#altertabdropcol',
  },
  'search-index-malformed': {
    matches: ({ failure }) =>
      failure.code === 'SQLITE_CORRUPT_VTAB' && failure.message === 'database disk image is malformed',
    title: 'a full-text index out of step stops a write',
    severity: 'error',
    why: 'A trigger of the table takes an entry out of a full-text index that the index does not have. FTS calls that malformed; the database itself is sound. The index was not built anew when it was made, or when its content was copied.',
    instead:
      "Build the index anew before the statement: INSERT INTO t (t) VALUES ('rebuild'). The migration that made the index should do the same.",
    advise: ({ origin }) =>
      origin?.index == null
        ? null
        : `Build ${origin.index.table} anew before the statement: INSERT INTO ${name(origin.index.table)} (${name(origin.index.table)}) VALUES ('rebuild'). The migration that left it out of step should do the same.`,
    bad: "UPDATE recipes SET title = trim(title);  -- recipe_search was made without 'rebuild'",
    good: "INSERT INTO recipe_search (recipe_search) VALUES ('rebuild');\nUPDATE recipes SET title = trim(title);",
    link: 'https://sqlite.org/fts5.html#the_rebuild_command',
  },
  'required-column-left-out': {
    matches: ({ failure, statement, earlier }) => leavesOut(failure.message, statement, earlier ?? []),
    title: 'a copy leaves out a required column',
    severity: 'error',
    why: 'The INSERT does not name a column that is NOT NULL and has no default, so that every row gets NULL there.',
    instead: 'Name the column in the INSERT, with a value for each row, or give the column a default.',
    bad: 'INSERT INTO kites_new (id, name) SELECT id, name FROM kites;',
    good: "INSERT INTO kites_new (id, name, repaired_at) SELECT id, name, '' FROM kites;",
    link: 'https://sqlite.org/lang_insert.html',
  },
  'own-row-collides': {
    matches: ({ failure, statement }) => isUnique(failure.message) && insertsOwnRows(statement),
    title: 'a new row of the migration meets a key in use',
    severity: 'error',
    why: 'The migration inserts a row under a fixed key, and the database has a row under that key already.',
    instead:
      'Leave the existing row alone. Let SQLite choose the number of the new row, choose a key that nobody has, or add ON CONFLICT DO NOTHING if the existing row may stand for it.',
    bad: "INSERT INTO plans (id, name) VALUES (1, 'basic');",
    good: "INSERT INTO plans (name) VALUES ('basic');",
    link: 'https://sqlite.org/lang_upsert.html',
  },
  'made-equal': {
    matches: ({ failure, statement, earlier }) => isUnique(failure.message) && makesEqual(statement, earlier ?? []),
    title: 'the migration makes rows equal under UNIQUE',
    severity: 'error',
    why: 'The rows differed before. The migration itself gives them one value, by an UPDATE or by the default of a new column.',
    instead:
      'Keep the rows. Give each a value of its own, skip those whose new key is taken, or let a partial index leave out the value that all of them have.',
    bad: "ALTER TABLE members ADD COLUMN handle TEXT NOT NULL DEFAULT '';\nCREATE UNIQUE INDEX members_handle ON members(handle);",
    good: "ALTER TABLE members ADD COLUMN handle TEXT NOT NULL DEFAULT '';\nCREATE UNIQUE INDEX members_handle ON members(handle) WHERE handle <> '';",
    link: 'https://sqlite.org/partialindex.html',
  },
  'new-word-refused': {
    matches: ({ failure, statement }) =>
      /^CHECK constraint failed: /.test(failure.message) && writesConstant(failure.message, statement),
    title: 'a CHECK refuses the value that the migration writes',
    severity: 'error',
    why: 'The migration writes a value that a CHECK of the table does not allow at that point.',
    instead:
      'Widen the CHECK first: rebuild the table with the new condition, and write the new value in its copy or after it.',
    bad: "UPDATE valves SET driver = 'mesh' WHERE driver = 'radio';",
    good: "INSERT INTO valves_wider (id, driver)\nSELECT id, CASE WHEN driver = 'radio' THEN 'mesh' ELSE driver END FROM valves;",
    link: 'https://sqlite.org/lang_createtable.html#check_constraints',
  },
};

function name(identifier: string): string {
  return needsQuotes(identifier) ? quoteName(identifier) : identifier;
}

function isUnique(message: string): boolean {
  return /^UNIQUE constraint failed/.test(message);
}

/** Whether a statement inserts rows of its own, and copies none. */
function insertsOwnRows(statement: Statement | null): boolean {
  const { verb, sources } = statement?.head ?? {};
  return (verb === 'insert' || verb === 'replace') && sources?.length === 0;
}

function leavesOut(message: string, statement: Statement | null, earlier: readonly Statement[]): boolean {
  const { verb, target } = statement?.head ?? {};
  const start = `NOT NULL constraint failed: ${target}.`;
  if ((verb !== 'insert' && verb !== 'replace') || !foldName(message).startsWith(foldName(start))) return false;
  const column = message.slice(start.length);
  const listed = readWriteText(statement?.sql ?? '').into;
  if (listed === null || listed.some((each) => sameName(each, column))) return false;
  // No INSERT names a generated column, which is NULL by what it is computed from.
  const made = earlier.findLast(
    ({ head }) => head.verb === 'create-table' && sameName(head.target ?? '', target ?? ''),
  );
  return !readComputed(made?.sql ?? '').some(([each]) => sameName(each, column));
}

/** Whether an UPDATE writes the key, or an index is made over what the same file gave to all rows. */
function makesEqual(statement: Statement | null, earlier: readonly Statement[]): boolean {
  if (statement?.head.verb === 'update') return true;
  if (statement?.head.verb !== 'create-index') return false;
  const names = namesIn(statement.sql);
  return earlier.some(({ head, sql }) => {
    if (head.target === null || !sameName(head.target, statement.head.target ?? '')) return false;
    if (head.verb === 'add-column') return /\bdefault\b/i.test(sql) && names.has(foldName(head.column ?? ''));
    if (head.verb !== 'update') return false;
    return readUpdate(sql).assignments.some(({ column, text }) => isLiteral(text) && names.has(foldName(column)));
  });
}

function writesConstant(message: string, statement: Statement | null): boolean {
  if (statement?.head.verb !== 'update') return insertsOwnRows(statement);
  const { assignments } = readUpdate(statement.sql);
  // SQLite names a CHECK by its CONSTRAINT, or else by its text.
  const named = namesIn(message.slice(message.indexOf(':') + 1));
  const isNamed = assignments.some(({ column, text }) => isLiteral(text) && named.has(foldName(column)));
  return isNamed || (assignments.length > 0 && assignments.every(({ text }) => isLiteral(text)));
}
