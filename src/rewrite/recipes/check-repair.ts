import type { Table } from '../../model/schema.ts';
import { affinityOf } from '../../sql/affinity.ts';
import { readUpdate } from '../../sql/assignments.ts';
import { readCondition } from '../../sql/change-parts.ts';
import { readDefinitions } from '../../sql/definitions.ts';
import { closing } from '../../sql/nesting.ts';
import { foldName, sameName, unquote } from '../../sql/quote.ts';
import { readTableText } from '../../sql/table-text.ts';
import { nameOf, readWords } from '../../sql/words.ts';
import { readClauses } from '../column-clauses.ts';
import { readInsertParts } from '../insert-parts.ts';
import { applyEdits, insertBefore, remove, within } from '../migration-text.ts';
import { nameIn } from '../names.ts';
import { rebuildOf, rebuildOfTable, statementOf, tableIn } from '../places.ts';
import type { Recipe } from '../recipe.ts';
import { standIn, wordOf } from '../stand-in.ts';

/** A value in the place of what a new CHECK does not take. */
export const checkRepair: Recipe = {
  causes: ['check-meets-rows', 'type-mismatch'],
  write: (context) => {
    const { finding, file, before } = context;
    const statement = statementOf(finding, file, 'insert', 'alter-table');
    if (statement === null) return null;
    const rebuild = rebuildOf(finding, file);
    const table = tableIn(before, rebuild?.name ?? statement.head.target);
    if (table === null) return null;
    if (statement.head.verb === 'alter-table') {
      const [check] = readTableText(statement.sql).checks;
      const column = table.columns.find(({ name }) => check !== undefined && mentions(check, name));
      if (check === undefined || column === undefined) return null;
      const name = nameIn(file, column.name);
      const value = wordOf([check], column.name) ?? equalTo(check, column.name) ?? standIn(column.type);
      const text = `UPDATE ${nameIn(file, table.name)} SET ${name} = ${value} WHERE NOT (${check})`;
      return applyEdits(file.text, [insertBefore(file, statement, [text])]);
    }
    const parts = readInsertParts(statement.sql);
    if (parts === null || rebuild === null) return null;
    const definitions = readDefinitions(rebuild.create.sql);
    const { strict } = readTableText(rebuild.create.sql);
    const all = checksIn(rebuild.create.sql);
    // A CHECK that the table had before, its rows satisfy.
    const known = new Set(table.checks.map(withoutSpace));
    const fresh = all.filter((check) => !known.has(withoutSpace(check)));
    const checks = fresh.length > 0 ? fresh : all;
    const listed = parts.columns?.map(({ name }) => name) ?? definitions.flatMap(({ column }) => column ?? []);
    const edits = parts.items.flatMap((item, i) => {
      const column = listed[i];
      const definition = definitions.find((each) => each.column !== null && sameName(each.column, column ?? ''));
      if (column === undefined || definition === undefined || item.text === '*') return [];
      const clauses = readClauses(definition.words);
      const type = definition.words[1]?.text ?? '';
      const own = checks.find((check) => mentions(check, column));
      const given = clauses?.default
        ? rebuild.create.sql.slice(clauses.default.value.start, clauses.default.value.end)
        : null;
      if (finding.cause === 'type-mismatch') {
        const fits = fitsStrictly(item.text, type, table, finding.message);
        if (!strict || fits === null || definition.words.some(({ key }) => key === 'PRIMARY')) return [];
        const value = clauses?.notNull ? (given ?? standIn(type)) : 'NULL';
        return [within(statement, item.start, item.end, `CASE WHEN ${fits} THEN ${item.text} ELSE ${value} END`)];
      }
      if (own === undefined) return [];
      const value = given ?? wordOf([own], column) ?? standIn(type);
      const asked = replaceName(own, column, item.text);
      // A CHECK takes NULL, which is neither true nor false.
      return [within(statement, item.start, item.end, `CASE WHEN NOT (${asked}) THEN ${value} ELSE ${item.text} END`)];
    });
    return applyEdits(file.text, edits);
  },
  declares: ({ finding }) =>
    `Values of ${finding.table} that the new form does not take become another one; choose the one that you mean.`,
};

/** A new word is written by the copy into the table whose CHECK allows it. */
export const wordInCopy: Recipe = {
  causes: ['new-word-refused'],
  write: ({ finding, file }) => {
    const update = statementOf(finding, file, 'update');
    const rebuild = update === null ? null : rebuildOfTable(update.head.target, file);
    const parts = rebuild?.copy == null ? null : readInsertParts(rebuild.copy.sql);
    const [only, ...others] = update === null ? [] : readUpdate(update.sql).assignments;
    if (update === null || rebuild?.copy == null || parts === null || only?.text == null || others.length > 0)
      return null;
    const { copy } = rebuild;
    const at = parts.columns?.findIndex(({ name }) => sameName(name, only.column)) ?? -1;
    const item = parts.items[at];
    if (item === undefined) return null;
    const condition = readCondition(update.sql);
    const value = condition === null ? only.text : `CASE WHEN ${condition} THEN ${only.text} ELSE ${item.text} END`;
    return applyEdits(file.text, [remove(file, update), within(copy, item.start, item.end, value)]);
  },
};

/**
 * The condition that a column of a STRICT table takes a value, or null for a column that takes any. Text and floats that
 * are the number in other words are taken too. https://sqlite.org/stricttables.html
 */
function fitsStrictly(text: string, type: string, { columns }: Table, message: string): string | null {
  const column = columns.find(({ name }) => sameName(name, unquote(text)));
  // Such a column has made numbers of them already. https://sqlite.org/datatype3.html#type_affinity
  const isMade = column !== undefined && affinityOf(column.type) === affinityOf(type);
  if (/^INT/i.test(type)) return isMade ? `typeof(${text}) = 'integer'` : `CAST(${text} AS INTEGER) = ${text}`;
  if (/^REAL$/i.test(type)) return isMade ? `typeof(${text}) = 'real'` : `CAST(${text} AS REAL) = ${text}`;
  // Nothing but a BLOB is refused, which is rare.
  return /^TEXT$/i.test(type) && message.includes('in TEXT column') ? `typeof(${text}) <> 'blob'` : null;
}

/** The conditions of a CREATE TABLE, as they are written there. */
function checksIn(createTable: string): string[] {
  return readDefinitions(createTable).flatMap(({ words }) =>
    words.flatMap(({ key, depth }, i) => {
      const [open, close] = [words[i + 1], words[closing(words, i + 1)]];
      if (key !== 'CHECK' || depth !== words[0]?.depth || open?.text !== '(' || close === undefined) return [];
      return [createTable.slice(open.end, close.start).trim()];
    }),
  );
}

function withoutSpace(sql: string): string {
  return readWords(sql)
    .map(({ text }) => text)
    .join(' ');
}

function mentions(check: string, column: string): boolean {
  return readWords(check).some((word) => word.kind !== 'string' && sameName(nameOf(word) ?? '', column));
}

/** The word of `column = 'a' OR …`, which makes a condition true by itself. */
function equalTo(check: string, column: string): string | null {
  const words = readWords(check);
  const at = words.findIndex((word, i) => sameName(nameOf(word) ?? '', column) && words[i + 1]?.text === '=');
  return at < 0 || words[at + 3]?.key !== 'OR' ? null : (words[at + 2]?.text ?? null);
}

function replaceName(check: string, column: string, by: string): string {
  let result = '';
  let from = 0;
  for (const word of readWords(check)) {
    if (word.kind === 'string' || foldName(nameOf(word) ?? '') !== foldName(column)) continue;
    result += check.slice(from, word.start) + by;
    from = word.end;
  }
  return result + check.slice(from);
}
