import { type Case, type CaseRow, type SchemaPart, sequenceTable } from '../shrink/case.ts';
import { literal } from '../sql/bound.ts';
import { onOneLine, quoteName, quoteNames, quoteString } from '../sql/quote.ts';

/** The texts that make the database of a case, in the order in which they run, foreign keys off. */
export interface CaseTexts {
  readonly tables: readonly string[];
  readonly rows: readonly string[];
  /** Objects on tables, made after the rows, because a trigger would act on them. */
  readonly objects: readonly string[];
}

/** How long a statement on one line may be. */
const lineLength = 140;

/** Writes the texts of a case. */
export function textsOf({ schema, rows }: Case): CaseTexts {
  const own = rows.filter(({ table }) => table !== sequenceTable);
  const textOf = ({ sql }: SchemaPart): string => shortened(sql);
  return {
    tables: schema.filter(({ type }) => type === 'table').map(textOf),
    rows: [
      ...inserts(own),
      ...rows.filter(({ table }) => table === sequenceTable).flatMap(({ values }) => sequenceTexts(values, own)),
      ...(own.length === 0 ? [] : schema.flatMap(({ filledBy }) => filledBy ?? [])),
    ],
    objects: schema.filter(({ type }) => type !== 'table').map(textOf),
  };
}

/** A statement on one line, where it is short enough for that. */
export function shortened(sql: string): string {
  const line = onOneLine(sql);
  return line.length <= lineLength ? line : sql;
}

/** One INSERT for rows of a table that stand together and give the same columns. */
function inserts(rows: readonly CaseRow[]): string[] {
  const heads: { readonly head: string; readonly tuples: string[] }[] = [];
  for (const { table, values } of rows) {
    const into = `INSERT INTO ${quoteName(table)}`;
    const head = values.size === 0 ? `${into} DEFAULT VALUES` : `${into} (${quoteNames([...values.keys()])}) VALUES `;
    const tuple = values.size === 0 ? '' : `(${[...values.values()].map(literal).join(', ')})`;
    const last = heads.at(-1);
    if (last?.head === head && values.size > 0) last.tuples.push(tuple);
    else heads.push({ head, tuples: [tuple] });
  }
  return heads.map(({ head, tuples }) => head + tuples.join(', '));
}

/** SQLite has a row for a table as soon as it has given a number. https://sqlite.org/autoinc.html */
function sequenceTexts(values: CaseRow['values'], rows: readonly CaseRow[]): string[] {
  const name = String(values.get('name') ?? '');
  const seq = literal(values.get('seq') ?? null);
  return rows.some(({ table }) => table === name)
    ? [`UPDATE sqlite_sequence SET seq = ${seq} WHERE name = ${quoteString(name)}`]
    : [`INSERT INTO sqlite_sequence (name, seq) VALUES (${quoteString(name)}, ${seq})`];
}
