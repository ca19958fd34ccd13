import type { Table } from '../../model/schema.ts';
import { affinityOf } from '../../sql/affinity.ts';
import { readUpdate } from '../../sql/assignments.ts';
import { readCollations } from '../../sql/collations.ts';
import { inside, items } from '../../sql/nesting.ts';
import { foldName, sameName, unquote } from '../../sql/quote.ts';
import { asOperand } from '../../sql/substitute.ts';
import { nameOf, readWords, type Word } from '../../sql/words.ts';
import { applyEdits, inStyle, insertBefore, type MigrationText, type PlacedStatement } from '../migration-text.ts';
import { nameIn } from '../names.ts';
import { columnsInMessage, rebuildOf, statementOf, tableIn } from '../places.ts';
import type { Recipe, RecipeChoice, RewriteContext } from '../recipe.ts';

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
  write: (context) => insertForm(context, suffixed),
  declares: ({ finding }) =>
    `Of rows of ${finding.table} that share a unique key the first one stays, and the others get their number as a suffix.`,
  choices: (context) => choicesOf(context, suffixed, [firstKept, lastKept]),
};

/** Of rows that share a key the first stays, and the others are deleted. */
export const keepFirst: Recipe = {
  causes: ['unique-meets-duplicates', 'narrowed'],
  write: (context) => insertForm(context, firstKept),
  declares: ({ finding }) => firstKept.says(finding.table),
  choices: (context) => choicesOf(context, firstKept, [lastKept]),
};

/** A statement that leaves one row of each key. */
interface Form {
  readonly says: (table: string | null) => string;
  /** Null where the table does not allow it. */
  readonly sql: (context: RewriteContext, key: Key) => string | null;
}

const suffixed: Form = {
  says: (table) => `Of rows of ${table} that share a unique key the others get a suffix.`,
  sql: (context, key) => {
    const { file } = context;
    const column = key.columns.findLast((name) => isFreeText(key.table, name));
    const number = numberOf(file, key.table);
    if (column === undefined || number === null) return null;
    const name = nameIn(file, column);
    return `UPDATE ${nameIn(file, key.table.name)} SET ${name} = ${name} || '-duplicate-' || ${number} WHERE ${repeated(context, key, 'min')}`;
  },
};

const firstKept = deleting('first', 'min');
const lastKept = deleting('last', 'max');

function deleting(which: string, staying: 'min' | 'max'): Form {
  return {
    says: (table) => `Of rows of ${table} that share a unique key the ${which} one stays, and the others are deleted.`,
    sql: (context, key) =>
      numberOf(context.file, key.table) === null
        ? null
        : `DELETE FROM ${nameIn(context.file, key.table.name)} WHERE ${repeated(context, key, staying)}`,
  };
}

function insertForm(context: RewriteContext, form: Form): string | null {
  const { file } = context;
  const key = keyOf(context);
  const sql = key === null ? null : form.sql(context, key);
  return key === null || sql === null ? null : applyEdits(file.text, [insertBefore(file, key.statement, [sql])]);
}

function choicesOf(context: RewriteContext, chosen: Form, others: readonly Form[]): RecipeChoice[] {
  const { file, finding } = context;
  const key = keyOf(context);
  const sql = key === null ? null : chosen.sql(context, key);
  if (key === null || sql === null) return [];
  return others.flatMap((form) => {
    const other = form.sql(context, key);
    if (other === null) return [];
    return [{ says: form.says(finding.table), instead: inStyle(file, sql), sql: inStyle(file, other) }];
  });
}

/**
 * The condition that another row of the same key stays. One pass groups the keys; a subquery for each row would take as
 * long as the square of the rows.
 */
function repeated({ file }: RewriteContext, { table, keys, where }: Key, staying: 'min' | 'max'): string {
  const number = numberOf(file, table) ?? 'rowid';
  const condition = where === null ? [] : [`(${where})`];
  const optional = keys.filter((key) => !isRequired(table, key)).map((key) => `${asOperand(key)} IS NOT NULL`);
  const within = where === null ? '' : ` WHERE ${where}`;
  const stay = `SELECT ${staying}(${number}) FROM ${nameIn(file, table.name)}${within} GROUP BY ${keys.join(', ')}`;
  return [...condition, ...optional, `${number} NOT IN (${stay})`].join(' AND ');
}

/** Whether an expression is a column that holds no NULL, which would be like no other. */
function isRequired({ columns }: Table, key: string): boolean {
  return columns.some(({ name, notNull }) => notNull && sameName(name, unquote(key)));
}

/** The column that identifies rows and orders them: the rowid, or a key of one column. */
function numberOf(file: MigrationText, { withoutRowid, rowidAlias, primaryKey }: Table): string | null {
  if (!withoutRowid) return rowidAlias === null ? 'rowid' : nameIn(file, rowidAlias);
  const [only] = primaryKey;
  return primaryKey.length === 1 && only !== undefined ? nameIn(file, only) : null;
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
    if (isOwnWork(context, statement, words.slice(open))) return null;
    return { statement, table, keys, columns: named, where: condition };
  }
  const rebuild = rebuildOf(finding, file);
  const was = tableIn(before, rebuild?.name ?? null);
  if (rebuild === null || was === null) return null;
  const columns = columnsInMessage(context);
  const own = columns.filter((name) => was.columns.some((each) => sameName(each.name, name)));
  if (own.length === 0 || own.length !== columns.length) return null;
  const place = rebuild.renamesFirst ? rebuild.rename : rebuild.create;
  const collations = readCollations(rebuild.create.sql);
  const keys = own.map((name) => {
    const collation = collations.get(foldName(name));
    return `${nameIn(file, name)}${collation === undefined ? '' : ` COLLATE ${collation.toUpperCase()}`}`;
  });
  return { statement: place, table: was, keys, columns: own, where: null };
}

/** Whether the file itself writes the values of a key: it then has to write other ones, and no row of anybody goes. */
function isOwnWork({ file, before, after }: RewriteContext, index: PlacedStatement, key: readonly Word[]): boolean {
  const [was, is] = [tableIn(before, index.head.target), tableIn(after, index.head.target)];
  const isAdded = (name: string): boolean =>
    was?.columns.some((column) => sameName(column.name, name)) === false &&
    is?.columns.some((column) => sameName(column.name, name)) === true;
  const isSet = (name: string): boolean =>
    file.statements.some(
      ({ index: at, head, sql }) =>
        at < index.index &&
        head.verb === 'update' &&
        sameName(head.target ?? '', index.head.target ?? '') &&
        readUpdate(sql).assignments.some(({ column }) => sameName(column, name)),
    );
  return key.some((word) => {
    const name = word.kind === 'string' ? null : nameOf(word);
    return name !== null && (isAdded(name) || isSet(name));
  });
}
