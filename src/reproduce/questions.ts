import type { Finding, FindingOf } from '../model/finding.ts';
import { quoteName, quoteString } from '../sql/quote.ts';

/** How a script shows a finding. */
export interface Questions {
  /** Statements that run before the migration, and what they find. */
  readonly before: readonly string[];
  /** Statements that run after it. */
  readonly after: readonly string[];
  /** Whether the migration runs a second time. */
  readonly again: boolean;
}

/** How many tables or objects a script asks about. */
const shown = 3;

/** The queries with which a script shows a finding; null where no script can show it. */
export function questionsOf(finding: Finding): Questions | null {
  switch (finding.code) {
    case 'fails-on-rows':
    case 'fails-on-empty':
      return { before: [], after: [], again: false };
    case 'not-atomic':
    case 'not-rerunnable':
      return { before: [], after: [], again: true };
    case 'rows-lost':
    case 'rows-duplicated':
    case 'rows-added':
      return both(finding.facts.tables.map(({ table }) => rowCount(table)));
    case 'values-changed':
      return both(finding.facts.tables.map(({ table, columns }) => valuesOf(table, columns)));
    case 'values-dropped':
      return aboutDropped(finding.facts.columns.slice(0, shown));
    case 'orphans-created':
      return both(['PRAGMA foreign_key_check']);
    case 'autoincrement-reset':
      return both(['SELECT name, seq FROM sqlite_sequence ORDER BY name']);
    case 'search-index-stale':
      return both(
        finding.facts.indexes.map(
          ({ table }) => `INSERT INTO ${quoteName(table)} (${quoteName(table)}, rank) VALUES ('integrity-check', 1)`,
        ),
      );
    case 'rows-unreadable':
      return both(
        finding.facts.tables.map(({ table, column }) =>
          column === null
            ? 'PRAGMA integrity_check'
            : `SELECT quote(${quoteName(table)}.${quoteName(column)}) FROM ${quoteName(table)}`,
        ),
      );
    case 'object-broken':
      return aboutBroken(finding.facts.objects.slice(0, shown));
    case 'index-dropped':
    case 'trigger-dropped':
      return both([...finding.facts.parts.map(({ name }) => objectNamed(name))]);
    case 'constraint-dropped':
      return both([...new Set(finding.facts.parts.map(({ table }) => tableText(table)))]);
    default:
      return null;
  }
}

type DroppedColumn = FindingOf<'values-dropped'>['facts']['columns'][number];
type BrokenPart = FindingOf<'object-broken'>['facts']['objects'][number];

function aboutDropped(columns: readonly DroppedColumn[]): Questions {
  return {
    before: columns.map(({ table, column }) => {
      const value = `${quoteName(table)}.${quoteName(column)}`;
      return `SELECT ${quoteString(`${table}.${column}`)}, count(${value}) FROM ${quoteName(table)}`;
    }),
    after: columns.map(({ table, column, waiting }) => {
      const label = quoteString(`columns of ${waiting ?? table} named ${column}`);
      return `SELECT ${label}, count(*) FROM pragma_table_xinfo(${quoteString(table)}) WHERE name = ${quoteString(column)}`;
    }),
    again: false,
  };
}

function aboutBroken(parts: readonly BrokenPart[]): Questions {
  return {
    before: parts.flatMap((part) => (isKey(part) ? [] : compiling(part))),
    after: parts.flatMap((part) => [...(isKey(part) ? [keysOn] : []), ...compiling(part)]),
    again: false,
  };
}

function both(queries: readonly string[]): Questions {
  const some = queries.slice(0, shown);
  return { before: some, after: some, again: false };
}

function rowCount(table: string): string {
  return `SELECT ${quoteString(table)}, count(*) FROM ${quoteName(table)}`;
}

function valuesOf(table: string, columns: readonly string[]): string {
  const values = columns.slice(0, shown).map((column) => `quote(${quoteName(table)}.${quoteName(column)})`);
  return `SELECT ${quoteString(table)}, ${values.join(', ')} FROM ${quoteName(table)}`;
}

function objectNamed(name: string): string {
  return `SELECT type, name FROM sqlite_schema WHERE name = ${quoteString(name)}`;
}

function tableText(table: string): string {
  return `SELECT replace(sql, char(10), ' ') FROM sqlite_schema WHERE type = 'table' AND name = ${quoteString(table)}`;
}

/** SQLite compiles keys only where they are enforced, which the migration itself may have had off. */
const keysOn = 'PRAGMA foreign_keys = ON';

function isKey({ type }: BrokenPart): boolean {
  return type === 'foreign-key';
}

/** Statements that do nothing where an object compiles. */
function compiling({ type, name, table, follows }: BrokenPart): string[] {
  if (follows === true)
    return [`SELECT replace(sql, char(10), ' ') FROM sqlite_schema WHERE name = ${quoteString(name)}`];
  const own = quoteName(table);
  if (type === 'view') return [`SELECT count(*) FROM ${quoteName(name)}`];
  return [`DELETE FROM ${own} WHERE false`, `INSERT INTO ${own} SELECT * FROM ${own} WHERE false`];
}
