import type { Table } from '../../model/schema.ts';
import { affinityOf } from '../../sql/affinity.ts';
import { inside, items } from '../../sql/nesting.ts';
import { sameName } from '../../sql/quote.ts';
import { nameOf, readWords } from '../../sql/words.ts';
import { applyEdits, insertBefore, type PlacedStatement } from '../migration-text.ts';
import { nameIn, namesIn } from '../names.ts';
import { columnsNamed, rebuildOf, statementOf, tableIn } from '../places.ts';
import type { Recipe, RewriteContext } from '../recipe.ts';

/** The key that rows share, and the table that holds them before the statement. */
interface Key {
  readonly statement: PlacedStatement;
  readonly table: Table;
  /** The expressions of the key, and the condition of a partial index. */
  readonly keys: readonly string[];
  readonly columns: readonly string[];
  readonly where: string | null;
}

/** Rows that share a key are told apart by a suffix: nothing is lost. */
export const suffixRows: Recipe = {
  causes: ['unique-meets-duplicates', 'narrowed'],
  write: (context) => {
    const { file } = context;
    const key = keyOf(context);
    if (key === null) return null;
    const { table, statement } = key;
    const column = key.columns.findLast((name) => isFreeText(table, name));
    const number = numberOf(table);
    if (column === undefined || number === null) return null;
    const name = nameIn(file, column);
    const update = `UPDATE ${nameIn(file, table.name)} SET ${name} = ${name} || '-duplicate-' || ${number} WHERE ${repeated(context, key)}`;
    return applyEdits(file.text, [insertBefore(file, statement, [update])]);
  },
  declares: ({ finding }) =>
    `Of rows of ${finding.table} that share a unique key the first one stays, and the others get their number as a suffix. The other choice is to delete them.`,
};

/** Of rows that share a key the first stays, and the others are deleted. */
export const keepFirst: Recipe = {
  causes: ['unique-meets-duplicates', 'narrowed'],
  write: (context) => {
    const { file } = context;
    const key = keyOf(context);
    if (key === null || numberOf(key.table) === null) return null;
    const remove = `DELETE FROM ${nameIn(file, key.table.name)} WHERE ${repeated(context, key)}`;
    return applyEdits(file.text, [insertBefore(file, key.statement, [remove])]);
  },
  declares: ({ finding }) =>
    `Of rows of ${finding.table} that share a unique key the first one stays, and the others are deleted. To keep the last, turn the sign < round.`,
};

/** The condition that an earlier row has the same key. */
function repeated({ file }: RewriteContext, { table, keys, where }: Key): string {
  const [name, first] = [nameIn(file, table.name), nameIn(file, 'earlier')];
  const number = numberOf(table) ?? 'rowid';
  const columns = table.columns.map((column) => column.name);
  const of = (sql: string, alias: string): string => qualified(sql, columns, alias);
  const same = keys.map((each) => `${of(each, first)} = ${of(each, name)}`);
  const both = where === null ? [] : [of(where, first), of(where, name)];
  const conditions = [...same, ...both.map((each) => `(${each})`), `${first}.${number} < ${name}.${number}`];
  return `EXISTS (SELECT 1 FROM ${name} AS ${first} WHERE ${conditions.join(' AND ')})`;
}

/** Columns with the name of their table before them. */
function qualified(sql: string, columns: readonly string[], alias: string): string {
  let result = '';
  let from = 0;
  const words = readWords(sql);
  for (const [i, word] of words.entries()) {
    const name = word.kind === 'string' ? null : nameOf(word);
    const isColumn = name !== null && columns.some((column) => sameName(column, name));
    if (!isColumn || words[i + 1]?.text === '(' || words[i - 1]?.text === '.') continue;
    result += `${sql.slice(from, word.start)}${alias}.${word.text}`;
    from = word.end;
  }
  return result + sql.slice(from);
}

/** The column that identifies rows and orders them: the rowid, or a key of one column. */
function numberOf({ withoutRowid, rowidAlias, primaryKey, columns }: Table): string | null {
  if (!withoutRowid) return rowidAlias === null ? 'rowid' : `"${rowidAlias.replaceAll('"', '""')}"`;
  const [only] = primaryKey;
  return primaryKey.length === 1 && only !== undefined && columns.length > 0 ? `"${only.replaceAll('"', '""')}"` : null;
}

/** Whether a column holds words of people, which may be lengthened: neither a key nor a list of words. */
function isFreeText({ columns, foreignKeys, checks }: Table, name: string): boolean {
  const column = columns.find((each) => sameName(each.name, name));
  const isLinked = foreignKeys.some((key) => key.columns.some((each) => sameName(each, name)));
  const isListed = checks.some((check) => readWords(check).some((word) => sameName(nameOf(word) ?? '', name)));
  return (
    column !== undefined && affinityOf(column.type) === 'text' && column.generated === 'no' && !isLinked && !isListed
  );
}

function keyOf(context: RewriteContext): Key | null {
  const { finding, file, before } = context;
  const statement = statementOf(finding, file);
  if (statement === null) return null;
  if (statement.head.verb === 'create-index') {
    const table = tableIn(before, statement.head.target);
    const words = readWords(statement.sql).filter(({ text }) => text !== ';');
    const on = words.findIndex(({ key }) => key === 'ON');
    const open = words.findIndex(({ text }, i) => i > on && text === '(');
    const where = words.find(({ key, depth }) => key === 'WHERE' && depth === 0);
    if (table === null || on < 0) return null;
    const keys = items(inside(words, open)).flatMap((item) => {
      const kept = item.filter(({ key }) => key !== 'ASC' && key !== 'DESC');
      const [first, last] = [kept[0], kept.at(-1)];
      return first === undefined || last === undefined ? [] : [statement.sql.slice(first.start, last.end)];
    });
    const named = table.columns
      .map(({ name }) => name)
      .filter((name) => keys.some((key) => readWords(key).some((word) => sameName(nameOf(word) ?? '', name))));
    const condition = where === undefined ? null : statement.sql.slice(where.end, words.at(-1)?.end).trim();
    // A column that the same file adds cannot be asked before.
    return { statement, table, keys, columns: named, where: condition };
  }
  const rebuild = rebuildOf(finding, file);
  const was = tableIn(before, rebuild?.name ?? null);
  if (rebuild === null || was === null) return null;
  const columns = columnsNamed(context);
  const own = columns.filter((name) => was.columns.some((each) => sameName(each.name, name)));
  if (own.length === 0 || own.length !== columns.length) return null;
  const place = rebuild.renamesFirst ? rebuild.rename : rebuild.create;
  return { statement: place, table: was, keys: own.map((name) => namesIn(file, [name])), columns: own, where: null };
}
