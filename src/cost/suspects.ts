// This room measures what migrations cost: how their work grows with the rows, and what they take on a copy.
import type { Database } from '../database/connection.ts';
import { execute } from '../database/execute.ts';
import { explain, readRoots } from '../database/write-watch.ts';
import type { Migration, Statement, Verb } from '../model/history.ts';
import type { Schema } from '../model/schema.ts';
import type { Settings } from '../model/settings.ts';
import { foldName, sameName } from '../sql/quote.ts';
import { readWords, type Word } from '../sql/words.ts';
import { hasNestedLoops } from './loops.ts';

/** The statements of a migration whose work may grow faster than the rows. */
export interface Suspects {
  /** Their numbers, in order. */
  readonly statements: readonly number[];
  /** The tables, folded, that they and the statements before them touch. */
  readonly tables: ReadonlySet<string>;
}

const changing: ReadonlySet<Verb> = new Set(['insert', 'replace', 'update', 'delete', 'drop-table', 'create-table']);

/**
 * Finds the statements that SQLite runs as loops within loops, by EXPLAIN just before each of them runs. Only statements
 * that read other rows, fire triggers or check foreign keys are explained, so that most migrations cost nothing here.
 * @param open opens the database before the migration, which is changed and closed.
 * @returns null if there are none.
 */
export function findSuspects(
  open: () => Database,
  migration: Migration,
  settings: Settings,
  schema: Schema,
): Suspects | null {
  const asked = new Set(migration.statements.filter((statement) => mayLoop(statement, migration, schema)));
  if (asked.size === 0) return null;
  const db = open();
  try {
    const roots = readRoots(db);
    const statements: number[] = [];
    const tables = new Set<string>();
    execute(db, migration, settings, {
      before: (statement) => {
        const { target, sources } = statement.head;
        for (const name of [target, ...sources]) if (name !== null) tables.add(foldName(name));
        if (!asked.has(statement)) return;
        const instructions = explain(db, statement.sql) ?? [];
        if (!hasNestedLoops(instructions)) return;
        statements.push(statement.index);
        for (const { opcode, p2 } of instructions) {
          const table = opcode === 'OpenRead' || opcode === 'OpenWrite' ? roots.get(p2) : undefined;
          if (table !== undefined) tables.add(foldName(table));
        }
      },
    });
    return statements.length === 0 ? null : { statements, tables };
  } finally {
    db.close();
  }
}

/** Whether the text and the schema leave room for a loop within a loop. */
function mayLoop({ head, sql }: Statement, { statements }: Migration, schema: Schema): boolean {
  if (!changing.has(head.verb)) return false;
  const { target } = head;
  if (target !== null && firesOrChecks(target, head.verb, statements, schema)) return true;
  if (head.verb === 'drop-table') return false;
  const words = readWords(sql);
  const selects = words.filter(({ key }) => key === 'SELECT').length;
  if (head.verb === 'update' || head.verb === 'delete') return selects > 0 || words.some(({ key }) => key === 'FROM');
  return selects > 1 || words.some(({ key }) => key === 'JOIN' || key === 'WITH') || readsSeveral(words);
}

/** Whether triggers or foreign keys without an index run something for each row that a statement changes. */
function firesOrChecks(table: string, verb: Verb, statements: readonly Statement[], schema: Schema): boolean {
  const fires =
    schema.objects.some((object) => object.type === 'trigger' && sameName(object.table, table)) ||
    statements.some(
      ({ head }) => head.verb === 'create-trigger' && head.target !== null && sameName(head.target, table),
    );
  if (fires) return true;
  if (verb === 'insert' || verb === 'create-table') return false;
  return schema.tables.some(({ foreignKeys, indexes }) =>
    foreignKeys.some(
      ({ parent, columns }) =>
        sameName(parent, table) &&
        !indexes.some((index) => !index.partial && columns.some((column) => sameName(index.columns[0] ?? '', column))),
    ),
  );
}

/** Whether a FROM lists several tables with commas. */
function readsSeveral(words: readonly Word[]): boolean {
  return words.some(({ key, depth }, i) => {
    if (key !== 'FROM') return false;
    const end = words.findIndex(
      (word, at) =>
        at > i &&
        (word.depth < depth ||
          (word.depth === depth && /^(?:WHERE|GROUP|ORDER|LIMIT|UNION|EXCEPT|INTERSECT)$/.test(word.key))),
    );
    return words.slice(i, end < 0 ? undefined : end).some((word) => word.key === ',' && word.depth === depth);
  });
}
