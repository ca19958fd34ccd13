import type { Migration, Statement } from '../model/history.ts';
import type { Failure, Held } from '../model/outcome.ts';
import type { Schema } from '../model/schema.ts';
import type { Lineage } from '../sql/lineage.ts';
import { foldName, sameName, unquote } from '../sql/quote.ts';
import { significantTokens } from '../sql/tokens.ts';
import { triggerEvent } from '../sql/trigger-text.ts';

// "T.c" in `NOT NULL constraint failed: T.c`, `UNIQUE constraint failed: T.c, T.d`, `cannot store TEXT value in INTEGER column T.c`.
const namedTable =
  /(?:(?:NOT NULL|UNIQUE) constraint failed: |cannot store \w+ value in \w+ column )(?!index ')(.+?)\.[^.]+$/;

/**
 * The table of a failure, under the name that it has at the end of the migration: the one in SQLite's message, else the
 * one whose row caused it. An expression that fails while rows are read (malformed JSON) is the fault of the first table
 * read; a constraint is the matter of the table written.
 */
export function failureTable(migration: Migration, failure: Failure, lineage: Lineage): string | null {
  const statement = migration.statements.find(({ index }) => index === failure.statement);
  const table = tableOf(failure, statement);
  if (table === null || statement === undefined) return table;
  return lineage.lastName(table, statement.index);
}

/** What the table held whose rows the failing statement met: the one it reads, or the one it changes. */
export function heldRows(migration: Migration, failure: Failure, held: readonly Held[]): Held | null {
  const head = migration.statements.find(({ index }) => index === failure.statement)?.head;
  if (head === undefined) return null;
  const names = reads(head.verb) && head.sources.length > 0 ? head.sources : [head.target, ...head.sources];
  for (const name of names) {
    const found = held.find(({ table }) => name !== null && sameName(name, table));
    if (found !== undefined) return found;
  }
  return null;
}

/**
 * Whether the words are those of a trigger on UPDATE that was there before and asks for the new row alone
 * (https://sqlite.org/lang_createtrigger.html#raise). One that asks for the old row keeps what is there from changing.
 */
export function isValidation({ code, message }: Failure, { objects }: Schema): boolean {
  return (
    code === 'SQLITE_CONSTRAINT_TRIGGER' &&
    objects.some(({ type, sql }) => {
      if (type !== 'trigger' || sql === null || triggerEvent(sql) !== 'update') return false;
      const tokens = significantTokens(sql);
      const names = new Set(tokens.map(({ text }) => foldName(unquote(text))));
      return names.has(foldName(message)) && names.has('new') && !names.has('old');
    })
  );
}

function tableOf({ code, message }: Failure, statement: Statement | undefined): string | null {
  const named = namedTable.exec(message.split(', ')[0] ?? '')?.[1];
  if (named !== undefined) return named;
  const head = statement?.head;
  if (head === undefined) return null;
  const constraint = /^SQLITE_(?:CONSTRAINT|MISMATCH)/.test(code);
  return reads(head.verb) && !constraint ? (head.sources[0] ?? head.target) : head.target;
}

function reads(verb: Statement['head']['verb']): boolean {
  return verb === 'insert' || verb === 'replace' || verb === 'create-table';
}
