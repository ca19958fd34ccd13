/** The words of SQLite, or of a function that it called, on an error. */
export interface Said {
  /** SQLite's extended result code, such as `SQLITE_CONSTRAINT_UNIQUE`. */
  readonly code: string;
  readonly message: string;
}

/** Texts that hold no value of a row: the schema, and the texts of the project. */
export interface Public {
  /** Whether it has a table, a column, an index … of that name. */
  readonly hasName: (name: string) => boolean;
  /** Whether it has that piece of SQL. */
  readonly hasText: (text: string) => boolean;
}

/** Constant messages of SQLite and the driver, without inserted text. A text that imitates one reveals nothing. */
const constants: ReadonlySet<string> = new Set([
  'FOREIGN KEY constraint failed',
  'constraint failed',
  // Messages of ADD COLUMN about existing rows (alter.c).
  'CHECK constraint failed',
  'NOT NULL constraint failed',
  'Cannot add a PRIMARY KEY column',
  'Cannot add a UNIQUE column',
  'Cannot add a REFERENCES column with non-NULL default value',
  'Cannot add a NOT NULL column with default value NULL',
  'Cannot add a column with non-constant default',
  'Cannot add a column to a view',
  'cannot add a STORED column',
  'type mismatch on DEFAULT',
  'datatype mismatch',
  'malformed JSON',
  'JSON cannot hold BLOB values',
  'integer overflow',
  'SQL logic error',
  'string or blob too big',
  'LIKE or GLOB pattern too complex',
  'ESCAPE expression must be a single character',
  'out of memory',
  'interrupted',
  'too many levels of trigger recursion',
  'database or disk is full',
  'disk I/O error',
  'attempt to write a readonly database',
  'database is locked',
  'database table is locked',
  'database disk image is malformed',
  'file is not a database',
  'unable to open database file',
  'unsupported file format',
  // The driver's.
  'Cannot open database because the directory does not exist',
  'cannot start a transaction within a transaction',
  'cannot commit - no transaction is active',
  'cannot rollback - no transaction is active',
  'cannot VACUUM from within a transaction',
  'cannot change into wal mode from within a transaction',
  'cannot change out of wal mode from within a transaction',
  'Recursion limit',
  'triggers nested too deep',
  'too many levels of trigger recursion',
  'VIEWs and/or subqueries nested too deep',
]);

/** A message with places for names or for a piece of SQL, and the codes that SQLite gives with it. */
interface Form {
  readonly code: RegExp;
  readonly pattern: RegExp;
  readonly holds: 'names' | 'text';
}

const error = /^SQLITE_ERROR$/;
const forms: readonly Form[] = [
  { code: /^SQLITE_CONSTRAINT_NOTNULL$/, pattern: /^NOT NULL constraint failed: (.+)$/s, holds: 'names' },
  {
    code: /^SQLITE_CONSTRAINT_(?:UNIQUE|PRIMARYKEY|ROWID)$/,
    pattern: /^UNIQUE constraint failed: (?:index '(.+)'|(.+))$/s,
    holds: 'names',
  },
  { code: /^SQLITE_CONSTRAINT_CHECK$/, pattern: /^CHECK constraint failed: (.+)$/s, holds: 'text' },
  {
    code: /^SQLITE_CONSTRAINT_DATATYPE$/,
    pattern:
      /^cannot store (?:NULL|INT|INTEGER|REAL|TEXT|BLOB|NUMERIC) value in (?:INT|INTEGER|REAL|TEXT|BLOB) column (.+)$/s,
    holds: 'names',
  },
  { code: error, pattern: /^foreign key mismatch - "(.+)" referencing "(.+)"$/s, holds: 'names' },
  { code: error, pattern: /^no such (?:table|column|index|view|trigger|savepoint): (.+)$/s, holds: 'names' },
  { code: error, pattern: /^table (.+) has no column named (.+)$/s, holds: 'names' },
  { code: error, pattern: /^(?:table|view|index|trigger) (.+) already exists$/s, holds: 'names' },
  {
    code: error,
    pattern: /^there is already (?:a table|an index|another table or index) (?:named|with this name:) (.+)$/s,
    holds: 'names',
  },
  { code: error, pattern: /^duplicate column name: (.+)$/s, holds: 'names' },
  {
    code: error,
    pattern:
      /^error in (?:table|view|index|trigger) (.+?)(?: after (?:rename|add column|drop column))?: no such (?:table|column): (.+)$/s,
    holds: 'names',
  },
  { code: /^SQLITE_LOCKED/, pattern: /^database table is locked: (.+)$/s, holds: 'names' },
];

/** Schemas and the rowid by their own names, which are in no text. */
const ofSqlite: ReadonlySet<string> = new Set(['main', 'temp', 'rowid', '_rowid_', 'oid']);

/**
 * Whether an error can be shown to somebody who may not see rows: its message is one of SQLite's constants, or one of its
 * forms in which every name and every piece of SQL is public. Many other messages quote what they stumbled over
 * (`bad JSON path: '…'`, those of MATCH, whatever RAISE or a function of the application puts together), and a value can
 * imitate any; so only what is proven passes.
 */
export function holdsNoValue({ code, message }: Said, { hasName, hasText }: Public): boolean {
  if (constants.has(message)) return true;
  return forms.some((form) => {
    if (!form.code.test(code)) return false;
    const slots = form.pattern
      .exec(message)
      ?.slice(1)
      .filter((slot) => slot !== undefined);
    if (slots === undefined) return false;
    if (form.holds === 'text') return slots.every(hasText);
    const isPublic = (name: string): boolean => ofSqlite.has(name.toLowerCase()) || hasName(name);
    // A name that has a point or a comma in it is not found, and then nothing is shown.
    return slots.every((slot) => isPublic(slot) || slot.split(/, |\./).every(isPublic));
  });
}

/** Whether a message is one of SQLite's constants, for callers without a schema. */
export const isConstant = (said: Said): boolean => holdsNoValue(said, { hasName: () => false, hasText: () => false });

/** Lines of `PRAGMA integrity_check` that tell of the schema alone; of damage and of virtual tables it quotes rowids, too. */
const integrityForms =
  /^(?:row \d+ missing from index .+|wrong # of entries in index .+|non-unique entry in index .+|(?:NULL|NUMERIC|TEXT|non-[A-Z]+) value in .+\..+|CHECK constraint failed in .+|(?:rowid not at end-of-record for )?row \d+ (?:of|values differ from) index .+|malformed inverted index for FTS\d table .+)$/s;

/** A line of `PRAGMA integrity_check` for somebody who may not see rows. */
export function integrityWithoutValues(line: string): string {
  return integrityForms.test(line) ? line : 'another complaint (its words may hold values)';
}

/** The replacement for a message that may hold a value. */
export function withoutWords({ code }: Pick<Said, 'code'>): string {
  return `${code} (its words may hold values)`;
}
