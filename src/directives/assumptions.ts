import type { Directive, Migration } from '../model/history.ts';
import type { Schema, Table } from '../model/schema.ts';
import { quoteName, sameName } from '../sql/quote.ts';
import { nameAfter, type RenamedColumn } from '../sql/renames.ts';

/** An `assume` directive. */
export type AssumeDirective = Extract<Directive, { kind: 'assume' }>;

/** An assumption that is in force, with the names that its columns have by now. */
export interface Assumed extends RenamedColumn {
  readonly directive: AssumeDirective;
  /** The migration that holds it, in the file or in the config under its name. */
  readonly migration: Migration;
  readonly parent: RenamedColumn | null;
}

/**
 * The assumptions in force when the migration at a place of the history is about to run, or has run: its own and those of earlier ones,
 * in the names of that moment.
 */
export function assumptionsAt(
  migrations: readonly Migration[],
  position: number,
  moment: 'before' | 'after' = 'before',
): Assumed[] {
  const hasRun = (at: number): boolean => at < position || (moment === 'after' && at === position);
  const said = migrations.filter(({ directives, position: at }) => directives.length > 0 && at <= position);
  return said.flatMap((migration) => {
    const directives = migration.directives.filter((directive) => directive.kind === 'assume');
    if (directives.length === 0) return [];
    const since = migrations.filter((each) => each.position >= migration.position && hasRun(each.position));
    const now = ({ table, column }: RenamedColumn): RenamedColumn =>
      since.reduce((name, each) => nameAfter(each, name), { table, column });
    return directives.map((directive): Assumed => {
      const { parent } = directive;
      return { directive, migration, ...now(directive), parent: parent === null ? null : now(parent) };
    });
  });
}

/** The text of an assumption: `users.email is not null`. */
export function assumptionText({ table, column, assumption, parent }: AssumeDirective): string {
  return `${table}.${column} ${assumption}${parent === null ? '' : ` ${parent.table}.${parent.column}`}`;
}

/**
 * The SELECT that counts the rows that an assumption rules out; null if the schema lacks a name in it. All conditions
 * except `is not null` concern existing values.
 */
export function countViolators({ directive, table, column, parent }: Assumed, { tables }: Schema): string | null {
  if (!hasColumn(tables, { table, column }) || (parent !== null && !hasColumn(tables, parent))) return null;
  const [from, name] = [quoteName(table), quoteName(column)];
  switch (directive.assumption) {
    case 'is not null':
      return `SELECT count(*) FROM ${from} WHERE ${name} IS NULL`;
    case 'is unique':
      return `SELECT coalesce(sum(times), 0) FROM (SELECT count(*) AS times FROM ${from} WHERE ${name} IS NOT NULL GROUP BY ${name} HAVING count(*) > 1)`;
    case 'is valid json':
      // 5: text by RFC 8259, or JSONB. https://sqlite.org/json1.html#jvalid
      return `SELECT count(*) FROM ${from} WHERE ${name} IS NOT NULL AND NOT json_valid(${name}, 5)`;
    case 'is integer':
      return `SELECT count(*) FROM ${from} WHERE ${name} IS NOT NULL AND typeof(${name}) <> 'integer'`;
    case 'has parent': {
      const key =
        parent === null
          ? null
          : `SELECT 1 FROM ${quoteName(parent.table)} AS parent WHERE parent.${quoteName(parent.column)} = ${from}.${name}`;
      return key === null ? null : `SELECT count(*) FROM ${from} WHERE ${name} IS NOT NULL AND NOT EXISTS (${key})`;
    }
  }
}

/** Whether a schema has the names in an assumption and allows the rows that it rules out. */
export function rulesOutSomething({ directive, table, column, parent }: Assumed, { tables }: Schema): boolean {
  const own = tables.find(({ name }) => sameName(name, table));
  const held = own?.columns.find(({ name }) => sameName(name, column));
  if (own === undefined || held === undefined || (parent !== null && !hasColumn(tables, parent))) return false;
  const isRowid = own.rowidAlias !== null && sameName(own.rowidAlias, column);
  const isNumber = own.strict && /^(?:INT|INTEGER|REAL)$/i.test(held.type);
  switch (directive.assumption) {
    case 'is not null':
      return !held.notNull && !isRowid && !(own.withoutRowid && held.keyPosition > 0);
    case 'is unique':
      return !isRowid && !isUnique(own, column);
    case 'is valid json':
      return !isRowid && !isNumber;
    case 'is integer':
      return !isRowid && !(isNumber && !/^REAL$/i.test(held.type));
    case 'has parent':
      return true;
  }
}

function isUnique({ primaryKey, indexes }: Table, column: string): boolean {
  const keys = indexes.filter(({ unique, partial }) => unique && !partial).map(({ columns }) => columns);
  return [primaryKey, ...keys].some(
    ([first, second]) => second === undefined && typeof first === 'string' && sameName(first, column),
  );
}

function hasColumn(tables: readonly Table[], { table, column }: RenamedColumn): boolean {
  const own = tables.find(({ name }) => sameName(name, table));
  return own?.columns.some(({ name }) => sameName(name, column)) ?? false;
}
