import type { Schema } from '../model/schema.ts';
import { foldName } from './quote.ts';
import { tableNamed } from './tables.ts';
import type { TriggerEvent } from './trigger-text.ts';
import { nameOf, readWords, type Word } from './words.ts';

/** The events that texts fire, by the folded name of the table or view. */
export interface FiredEvents {
  /** Adds what a statement or the body of a trigger writes, and what foreign keys write because of it. */
  readonly add: (sql: string) => void;
  readonly has: (table: string, event: TriggerEvent) => boolean;
}

const rewrites: readonly TriggerEvent[] = ['update', 'delete'];

/**
 * Collects the events that triggers wait for, from texts. An upper bound: each writing keyword counts wherever it stands.
 * https://sqlite.org/lang_createtrigger.html
 * @param schema that of before the statements, whose foreign keys carry changes on to other tables.
 */
export function firedEvents(schema: Schema): FiredEvents {
  const fired = new Map<string, Set<TriggerEvent>>();
  /** By folded name: the names that a table has had, for its triggers go along. */
  const formerly = new Map<string, string>();
  let replaces = false;

  const fire = (table: string, event: TriggerEvent): void => {
    const events = fired.get(table) ?? new Set();
    if (events.has(event)) return;
    fired.set(table, events.add(event));
    const former = formerly.get(table);
    if (former !== undefined) fire(former, event);
    // A table may replace rows by its own declaration: https://sqlite.org/lang_conflict.html
    if (event !== 'delete' && /\breplace\b/i.test(tableNamed(schema, table)?.sql ?? ''))
      for (const each of rewrites) fire(table, each);
    if (event === 'insert') return;
    for (const child of schema.tables) {
      if (!child.foreignKeys.some((key) => foldName(key.parent) === table && isPassedOn(key))) continue;
      for (const each of rewrites) fire(foldName(child.name), each);
    }
  };

  return {
    add: (sql) => {
      const words = readWords(sql);
      replaces ||= isReplacing(words);
      const upserts = words.some(({ key }, i) => key === 'DO' && words[i + 1]?.key === 'UPDATE');
      for (const [i, { key }] of words.entries()) {
        if (key === 'RENAME' && words[i + 1]?.key === 'TO') rename(words, i, formerly);
        const target = targetAt(words, i);
        if (target === null) continue;
        if (key === 'INSERT' || key === 'REPLACE') fire(target, 'insert');
        if (key === 'UPDATE' || upserts || replaces) fire(target, 'update');
        if (key === 'DELETE' || key === 'DROP' || replaces) fire(target, 'delete');
        // A table that is made here may be a child of any.
        if (key === 'TABLE' && words.some((word) => word.key === 'REFERENCES'))
          for (const each of rewrites) fire(target, each);
      }
    },
    has: (table, event) => fired.get(foldName(table))?.has(event) === true,
  };
}

function isPassedOn({ onDelete, onUpdate }: { readonly onDelete: string; readonly onUpdate: string }): boolean {
  return [onDelete, onUpdate].some((action) => /CASCADE|SET/.test(action));
}

/** Whether a text has REPLACE as the treatment of a conflict, or as a statement; the function has a parenthesis. */
function isReplacing(words: readonly Word[]): boolean {
  return words.some(({ key }, i) => key === 'REPLACE' && words[i + 1]?.key !== '(');
}

function rename(words: readonly Word[], at: number, formerly: Map<string, string>): void {
  const [from, to] = [nameOf(words[at - 1]), nameOf(words[at + 2])];
  if (from !== null && to !== null) formerly.set(foldName(to), foldName(from));
}

const leading: ReadonlySet<string> = new Set(['INTO', 'FROM', 'TABLE', 'IF', 'NOT', 'EXISTS']);

/** The table that a writing keyword at `at` is about, folded. */
function targetAt(words: readonly Word[], at: number): string | null {
  const key = words[at]?.key ?? '';
  if (!/^(?:INSERT|REPLACE|UPDATE|DELETE|DROP|TABLE)$/.test(key)) return null;
  if (key === 'TABLE' && words[at - 1]?.key === 'DROP') return null;
  if (key === 'DROP' && words[at + 1]?.key !== 'TABLE') return null;
  let i = words[at + 1]?.key === 'OR' ? at + 3 : at + 1;
  while (leading.has(words[i]?.key ?? '')) i += 1;
  if (words[i + 1]?.key === '.') i += 2;
  const name = nameOf(words[i]);
  return name === null ? null : foldName(name);
}
