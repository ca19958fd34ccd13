import type { Migration, Statement, Verb } from '../model/history.ts';
import { foldName } from '../sql/quote.ts';
import { type Database, sqliteError } from './connection.ts';
import { isUnbound } from './guard/permit.ts';
import { isLarge } from './large.ts';

/** Watches which tables the statements of a migration can write. */
export interface WriteWatch {
  /** To be called before each statement. */
  readonly watch: (statement: Statement) => void;
  /** Whether the rows of a table of before, or of now, may be others than they were: an upper bound. */
  readonly mayHaveWritten: (table: string) => boolean;
  /** The tables, folded, for which that holds; null where it does for all. */
  readonly written: () => ReadonlySet<string> | null;
}

/** The statements that write rows; the others change names and definitions, which are compared as texts. */
const writing: ReadonlySet<Verb> = new Set(['insert', 'replace', 'update', 'delete', 'drop-table']);

const everything: WriteWatch = { watch: () => {}, mayHaveWritten: () => true, written: () => null };

/**
 * Asks SQLite itself, by EXPLAIN, which tables each statement opens for writing, clears or destroys; cascades and triggers
 * are among its opcodes (https://sqlite.org/opcode.html). A table is known by its root page, which no renaming changes.
 * Where that would cost more than comparing everything, it asks nothing and takes everything as written.
 */
export function watchWrites(db: Database, { statements, program }: Migration): WriteWatch {
  // The number of statements that a program will execute is unknown.
  if (program !== undefined) return everything;
  // Root pages move when a table is dropped: https://sqlite.org/pragma.html#pragma_auto_vacuum
  if (db.pragma('auto_vacuum', { simple: true }) !== 0) return everything;
  const toAsk = statements.filter(({ head }) => writing.has(head.verb)).length;
  let tables: ReadonlyMap<number, string> | null = toAsk === 0 ? new Map() : null;
  if (toAsk > 0 && !isLarge(db)) {
    tables = readRoots(db);
    if (toAsk > new Set(tables.values()).size) return everything;
  }
  const written = new Set<string>();
  let isKnown = true;
  return {
    watch: ({ head, sql }) => {
      // VACUUM moves root pages as well.
      if (/^vacuum\b/i.test(sql)) isKnown = false;
      // Another table may go by the name from now on.
      if (head.verb === 'rename-table')
        for (const name of [head.target, head.renamedTo]) if (name !== null) written.add(foldName(name));
      tables ??= readRoots(db);
      if (!isKnown || !writing.has(head.verb)) return;
      const roots = writtenRoots(db, sql);
      if (roots === null) isKnown = false;
      for (const root of roots ?? []) {
        const table = tables.get(root);
        if (table !== undefined) written.add(foldName(table));
      }
    },
    mayHaveWritten: (table) => !isKnown || (written.size > 0 && written.has(foldName(table))),
    written: () => (isKnown ? written : null),
  };
}

/** Reads the tables of `main` by the pages that they and their indexes begin at. */
export function readRoots(db: Database): Map<number, string> {
  return new Map(
    db
      .prepare<[], [number, string]>('SELECT rootpage, tbl_name FROM main.sqlite_schema WHERE rootpage > 0')
      .raw()
      .all(),
  );
}

/** An instruction of a compiled statement. https://sqlite.org/opcode.html */
export interface Instruction {
  readonly addr: number;
  readonly opcode: string;
  readonly p1: number;
  readonly p2: number;
  readonly p3: number;
  readonly p5: number;
}

/** Of OpenWrite: P2 is a register, as for a table that the statement makes itself. */
const inRegister = 0x10;

function writtenRoots(db: Database, sql: string): number[] | null {
  return (
    explain(db, sql)?.flatMap(({ opcode, p1, p2, p3, p5 }) => {
      if (opcode === 'OpenWrite' && p3 === 0) return (p5 & inRegister) === 0 ? [p2] : [];
      if (opcode === 'Clear' && p2 === 0) return [p1];
      return opcode === 'Destroy' && p3 === 0 ? [p1] : [];
    }) ?? null
  );
}

/**
 * The instructions of a statement, followed by those of its triggers, each numbered from 0 on.
 * https://sqlite.org/lang_explain.html
 * @returns null if it does not compile.
 */
export function explain(db: Database, sql: string): Instruction[] | null {
  try {
    return db.prepare<[], Instruction>(`EXPLAIN ${sql}`).all();
  } catch (error) {
    // A parameter that nobody binds, which is NULL when the statement runs.
    if (sqliteError(error) === null && !isUnbound(error)) throw error;
    return null;
  }
}
