import type { FailureCause } from '../../../model/finding.ts';
import type { Statement } from '../../../model/history.ts';
import type { Failure } from '../../../model/outcome.ts';
import { jsonOperandsIn } from '../../../sql/json-operands.ts';
import { quoteName } from '../../../sql/quote.ts';
import { keysOff } from '../../keys-off.ts';
import { ownValueCauses } from './own-values.ts';
import type { FailureContext, FailureTopic } from './topic.ts';

const says =
  (pattern: RegExp) =>
  ({ failure }: FailureContext): boolean =>
    pattern.test(failure.message);

/** ALTER TABLE says nothing but `constraint failed`, and ALTER COLUMN … SET NOT NULL alone names a column (alter.c). */
function isRefusedInPlace({ message }: Failure, statement: Statement | null, ofColumn: boolean): boolean {
  if (message !== 'constraint failed' || statement?.head.verb !== 'alter-table') return false;
  return (statement.head.column !== null) === ofColumn;
}

// select.c, vdbe.c, trigger.c, expr.c, parse.y. A document that is too deep is a matter of its row.
const engineLimit =
  /^(?!JSON )(?:.*nested too deep|too many levels of trigger recursion|Recursion limit|parser stack overflow|Expression tree is too large.*|too many (?:terms in compound SELECT|FROM clause terms|attached databases|columns (?:on|in) ).*)$/;

const columnDefinition = /\bdefault\s+('(?:[^']|'')*'|\([^;]*\)|[^\s,;]+)/i;

/**
 * The known reasons for a migration to fail on rows, narrow ones before wide ones. Messages are those of SQLite 3.54
 * (alter.c, fkey.c, insert.c, json.c).
 */
export const failureCauses: Readonly<Record<FailureCause, FailureTopic>> = {
  ...ownValueCauses,
  'add-column-references-default': {
    matches: says(/^Cannot add a REFERENCES column with non-NULL default value$/),
    title: 'ADD COLUMN with REFERENCES and a default',
    severity: 'error',
    why: 'With foreign keys on, SQLite refuses a REFERENCES column with a default once the table has a row.',
    instead:
      'ADD COLUMN without the default, then UPDATE; to get NOT NULL back, rebuild the table with foreign keys off.',
    advise: ({ statement, table }) => {
      const value = statement === null ? null : columnDefinition.exec(statement.sql)?.[1];
      if (value === null || value === undefined || table === null || statement?.head.column === null) return null;
      return `ADD COLUMN without the default, then UPDATE ${name(table)} SET ${name(statement?.head.column ?? '')} = ${value}; to get NOT NULL back, rebuild the table with foreign keys off.`;
    },
    bad: "ALTER TABLE tickets ADD COLUMN queue TEXT NOT NULL DEFAULT 'general' REFERENCES queues(name);",
    good: "ALTER TABLE tickets ADD COLUMN queue TEXT REFERENCES queues(name);\nUPDATE tickets SET queue = 'general';",
    link: 'https://sqlite.org/lang_altertable.html#alter_table_add_column',
  },
  'add-column-not-null': {
    matches: says(/^Cannot add a NOT NULL column with default value NULL$/),
    title: 'ADD COLUMN NOT NULL without a default',
    severity: 'error',
    why: 'The existing rows would get NULL in a column that forbids it.',
    instead: 'Give the column a constant default, or add it nullable and fill it with an UPDATE.',
    bad: 'ALTER TABLE parcels ADD COLUMN size INTEGER NOT NULL;',
    good: 'ALTER TABLE parcels ADD COLUMN size INTEGER NOT NULL DEFAULT 0;',
    link: 'https://sqlite.org/lang_altertable.html#alter_table_add_column',
  },
  'add-column-default-not-constant': {
    matches: says(/^Cannot add a column with non-constant default$/),
    title: 'ADD COLUMN with a computed default',
    severity: 'error',
    why: 'SQLite stores the default of an added column once for all existing rows, so it must be a constant. CURRENT_TIMESTAMP and expressions in parentheses are not constants.',
    instead:
      'ADD COLUMN without the default and fill it with an UPDATE; a default for new rows needs a rebuild of the table.',
    bad: "ALTER TABLE printers ADD COLUMN seen_at TEXT DEFAULT (datetime('now'));",
    good: "ALTER TABLE printers ADD COLUMN seen_at TEXT;\nUPDATE printers SET seen_at = datetime('now');",
    link: 'https://sqlite.org/lang_altertable.html#alter_table_add_column',
  },
  'add-column-stored': {
    matches: says(/^cannot add a STORED column$/),
    title: 'ADD COLUMN GENERATED … STORED',
    severity: 'error',
    why: 'SQLite would have to write a stored generated column into every existing row.',
    instead: 'Add it as VIRTUAL, or rebuild the table.',
    bad: 'ALTER TABLE boxes ADD COLUMN volume REAL AS (w * h * d) STORED;',
    good: 'ALTER TABLE boxes ADD COLUMN volume REAL AS (w * h * d) VIRTUAL;',
    link: 'https://sqlite.org/gencol.html',
  },
  'add-column-default-type': {
    matches: says(/^type mismatch on DEFAULT$/),
    title: 'ADD COLUMN to a STRICT table with a default of another type',
    severity: 'error',
    why: 'In a STRICT table the existing rows cannot hold a default of a different type than the column.',
    instead: 'Write the default in the type of the column.',
    bad: "ALTER TABLE sensors ADD COLUMN gain INTEGER DEFAULT 'none';",
    good: 'ALTER TABLE sensors ADD COLUMN gain INTEGER DEFAULT 0;',
    link: 'https://sqlite.org/stricttables.html',
  },
  'not-null-meets-null': {
    matches: ({ failure, statement }) =>
      /^NOT NULL constraint failed/.test(failure.message) || isRefusedInPlace(failure, statement, true),
    title: 'NULL meets NOT NULL',
    severity: 'error',
    why: 'A row holds NULL, or a subquery found no match for it, where the new definition forbids NULL.',
    instead: 'Fill the NULLs first (UPDATE … WHERE … IS NULL) or write coalesce(…, a value) in the copy.',
    bad: 'INSERT INTO reels_new (id, length) SELECT id, length FROM reels;',
    good: 'INSERT INTO reels_new (id, length) SELECT id, coalesce(length, 0) FROM reels;',
    link: 'https://sqlite.org/lang_createtable.html#not_null_constraints',
  },
  'unique-meets-duplicates': {
    matches: says(/^UNIQUE constraint failed/),
    title: 'duplicates meet UNIQUE',
    severity: 'error',
    why: 'Two rows hold the same values in columns that must be unique.',
    instead: 'Decide which duplicate stays, and remove or change the others first.',
    bad: 'CREATE UNIQUE INDEX members_email ON members(email);',
    good: 'DELETE FROM members WHERE rowid NOT IN (SELECT min(rowid) FROM members GROUP BY email);\nCREATE UNIQUE INDEX members_email ON members(email);',
    link: 'https://sqlite.org/lang_createindex.html#unique_indexes',
  },
  'check-meets-rows': {
    matches: ({ failure, statement }) =>
      /^CHECK constraint failed/.test(failure.message) || isRefusedInPlace(failure, statement, false),
    title: 'a row breaks a CHECK',
    severity: 'error',
    why: 'An existing row does not satisfy the condition, or a copy by position put a value into the wrong column.',
    instead: 'Correct the rows first, and name the columns on both sides of a copy.',
    bad: 'INSERT INTO orders_new SELECT * FROM orders;',
    good: 'INSERT INTO orders_new (id, state) SELECT id, state FROM orders;',
    link: 'https://sqlite.org/lang_createtable.html#check_constraints',
  },
  'parent-dropped': {
    matches: ({ failure, statement }) =>
      /FOREIGN KEY constraint failed/.test(failure.message) && statement?.head.verb === 'drop-table',
    title: 'DROP TABLE of a table that others refer to',
    severity: 'error',
    why: 'With foreign keys on, DROP TABLE deletes the rows first, and rows of another table still refer to them.',
    instead: keysOff,
    bad: 'DROP TABLE carriers;\nALTER TABLE carriers_new RENAME TO carriers;',
    good: '-- rowproof: foreign_keys=off\nDROP TABLE carriers;\nALTER TABLE carriers_new RENAME TO carriers;',
    link: 'https://sqlite.org/foreignkeys.html#fk_schemacommands',
  },
  'foreign-key-check-failed': {
    matches: ({ failure }) => failure.at === 'foreign-key-check',
    title: 'rows without a parent before COMMIT',
    severity: 'error',
    why: 'The migration runs with foreign keys switched off, and the check before COMMIT found rows that lost their parent.',
    instead: 'Copy every row of the parent, or move or delete the rows that refer to the deleted parents.',
    bad: '-- rowproof: foreign_keys=off\nDELETE FROM teams WHERE archived = 1;',
    good: '-- rowproof: foreign_keys=off\nDELETE FROM members WHERE team_id IN (SELECT id FROM teams WHERE archived = 1);\nDELETE FROM teams WHERE archived = 1;',
    link: 'https://sqlite.org/lang_altertable.html#making_other_kinds_of_table_schema_changes',
  },
  'orphans-under-declared-key': {
    // The harness tells it from the rows that it put in.
    matches: () => false,
    title: 'checks a declared key again, and old rows may lack their parent',
    severity: 'error',
    why: 'SQLite enforces foreign keys on connections that ask for it, and never looks back. Rows that another connection left without a parent lie there until a statement puts them in again or asks for a check.',
    instead:
      'Before the copy, delete the rows without a parent or set their key to NULL. If production has none, say so once in the history: -- rowproof: assume foreign keys hold -- reason.',
    bad: 'INSERT INTO order_lines_new (id, order_id) SELECT id, order_id FROM order_lines;',
    good: 'DELETE FROM order_lines WHERE order_id NOT IN (SELECT id FROM orders);\nINSERT INTO order_lines_new (id, order_id) SELECT id, order_id FROM order_lines;',
    link: 'https://sqlite.org/foreignkeys.html#fk_enable',
  },
  'foreign-key-meets-rows': {
    matches: says(/FOREIGN KEY constraint failed|^foreign key check failed/),
    title: 'a row without a parent meets a foreign key',
    severity: 'error',
    why: 'A row refers to a parent that does not exist, or a parent is deleted while rows refer to it.',
    instead: `Remove or repair the rows without a parent first. To rebuild a parent: ${keysOff}`,
    bad: 'INSERT INTO scans_new SELECT * FROM scans;',
    good: 'INSERT INTO scans_new SELECT * FROM scans WHERE badge IN (SELECT code FROM badges);',
    link: 'https://sqlite.org/foreignkeys.html',
  },
  'malformed-json': {
    // SQLite reports only that the computation of an added column failed for old rows.
    matches: ({ failure, statement }) =>
      /malformed JSON/.test(failure.message) ||
      (failure.message === 'SQL logic error' &&
        statement?.head.verb === 'add-column' &&
        jsonOperandsIn(statement.sql).length > 0),
    title: 'text that is not JSON meets a JSON function',
    severity: 'error',
    why: 'A JSON function raises an error on the first value that is not JSON, and the whole statement fails.',
    instead: 'Guard it: CASE WHEN json_valid(column) THEN json_extract(column, …) END.',
    bad: "UPDATE scans SET code = json_extract(payload, '$.code');",
    good: "UPDATE scans SET code = json_extract(payload, '$.code') WHERE json_valid(payload);",
    link: 'https://sqlite.org/json1.html',
  },
  'type-mismatch': {
    matches: says(/^(?:datatype mismatch|cannot store )/),
    title: 'a value meets a column of another type',
    severity: 'error',
    why: 'INTEGER PRIMARY KEY and STRICT tables refuse values of another type, and a row holds such a value.',
    instead: 'Convert the values in the copy, or keep the type of the column.',
    bad: 'CREATE TABLE lists_new (id INTEGER PRIMARY KEY);\nINSERT INTO lists_new SELECT id FROM lists;',
    good: 'CREATE TABLE lists_new (id TEXT PRIMARY KEY);\nINSERT INTO lists_new SELECT id FROM lists;',
    link: 'https://sqlite.org/stricttables.html',
  },
  'integer-overflow': {
    matches: says(/^integer overflow$/),
    title: 'an integer that is too large for 64 bits',
    severity: 'error',
    why: 'abs() cannot return the opposite of -9223372036854775808, and sum() cannot exceed 64 bits. Both raise an error, while other arithmetic continues with REAL.',
    instead: 'Find such a value (it usually stands for "unknown") and correct it first. total() adds up as REAL.',
    bad: 'UPDATE soundings SET depth = abs(depth);',
    good: 'UPDATE soundings SET depth = NULL WHERE depth = -9223372036854775808;\nUPDATE soundings SET depth = abs(depth);',
    link: 'https://sqlite.org/lang_corefunc.html#abs',
  },
  'trigger-raises': {
    matches: ({ failure }) => failure.code === 'SQLITE_CONSTRAINT_TRIGGER',
    title: 'a trigger refuses a row',
    severity: 'error',
    why: 'A trigger of the table calls RAISE for a row that the migration writes. The message comes from the trigger.',
    instead:
      'Drop the trigger before the statement and create it again afterwards, or leave out the rows that it refuses.',
    bad: 'INSERT INTO transfers SELECT * FROM walks;',
    good: 'DROP TRIGGER transfers_once;\nINSERT INTO transfers SELECT * FROM walks;\nCREATE TRIGGER transfers_once …;',
    link: 'https://sqlite.org/lang_createtrigger.html#the_raise_function',
  },
  'engine-limit': {
    matches: says(engineLimit),
    title: 'a limit of this SQLite',
    severity: 'warning',
    why: 'SQLite bounds how deep views, subqueries, triggers and expressions may be nested, and each version and build has bounds of its own. Production fails only where its SQLite has this one.',
    instead:
      'Run rowproof with the other engine, `--engine node` or `--engine better-sqlite3`: each brings a SQLite of its own. Where that of production has the limit as well, nest less.',
    bad: 'CREATE VIEW v50 AS SELECT * FROM v49;',
    good: 'CREATE VIEW v50 AS SELECT * FROM entries WHERE kind = 50;',
    link: 'https://sqlite.org/limits.html',
  },
};

/** The first cause that matches a failure; null if none matches. */
export function causeOf(context: FailureContext): FailureCause | null {
  const { code, harmless } = context.failure;
  if (context.origin?.outside != null) return 'outside-object';
  // RAISE may say what SQLite says elsewhere.
  if (code === 'SQLITE_CONSTRAINT_TRIGGER' && !harmless) return 'trigger-raises';
  const ids = Object.keys(failureCauses).filter((id): id is FailureCause => id in failureCauses);
  return ids.find((id) => failureCauses[id].matches(context)) ?? null;
}

/** The columns or the CHECK that SQLite names where a constraint failed; null where it names none. */
export function constraintIn(message: string): string | null {
  return /constraint failed: (.*)$/s.exec(message)?.[1] ?? null;
}

function name(identifier: string): string {
  return /^[A-Za-z_]\w*$/.test(identifier) ? identifier : quoteName(identifier);
}
