import type { Statement } from '../model/history.ts';
import type { Failure } from '../model/outcome.ts';
import type { Schema, Table } from '../model/schema.ts';
import { affinityOf } from '../sql/affinity.ts';
import { readUpdate } from '../sql/assignments.ts';
import { readChangeParts } from '../sql/change-parts.ts';
import { readIndexCondition } from '../sql/index-condition.ts';
import { jsonOperandsIn } from '../sql/json-operands.ts';
import { namedColumns } from '../sql/named-columns.ts';
import { foldName, onOneLine, quoteName, sameName } from '../sql/quote.ts';
import { textOf } from '../sql/select-parts.ts';
import { asOperand } from '../sql/substitute.ts';
import { readTableText } from '../sql/table-text.ts';
import { tableNamed } from '../sql/tables.ts';
import type { Listing } from './ask.ts';
import { clashingLots } from './folded.ts';
import { type ReportedInsertion, updated, writtenParts } from './follow.ts';
import { childrenLeft, parentMissing } from './parents.ts';
import { raised } from './raised.ts';
import { clashing, clashingParts } from './uniques.ts';
import { express, narrowed, plainView, type View, type Views } from './view.ts';

/** A statement that failed, in the database that it failed in. */
export interface FailedStatement {
  readonly failure: Failure;
  readonly statement: Statement;
  /** The schema when it ran. */
  readonly schema: Schema;
  readonly insertion: ReportedInsertion | undefined;
}

/**
 * The listings of the rows that a statement could not take, one for each constraint, in terms of the database that the
 * views are of. Those that have rows are the answer.
 */
export function listingsOf(failed: FailedStatement, views: Views): Listing[] {
  const { statement, insertion } = failed;
  const parts = writtenParts(statement, views, insertion);
  const isMeeting = /^UNIQUE constraint failed/.test(failed.failure.message);
  const lots = isMeeting && parts.length === 0 ? clashingLots(failed, views) : [];
  if (parts.length < 2) return [...listingsIn(failed, views, parts[0] ?? null), ...lots];
  const among = isMeeting ? clashingParts(failed, parts) : [];
  return [...parts.flatMap((rows) => listingsIn(failed, views, rows)), ...among];
}

/** @param rows what the statement writes. */
function listingsIn(failed: FailedStatement, views: Views, rows: View | null): Listing[] {
  const { failure, statement } = failed;
  // ON DELETE RESTRICT has the same code, and a message of SQLite's own.
  if (failure.code === 'SQLITE_CONSTRAINT_TRIGGER' && !failure.harmless) return raised(failed, views, rows);
  const message = failure.harmless ? failure.message : '';
  if (statement.head.verb === 'add-column' && /^(?:cannot add|type mismatch on DEFAULT)/i.test(message))
    return rows === null ? [] : [{ view: rows, conditions: [] }];
  const { verb, column: own } = statement.head;
  if (verb === 'add-column' && message === 'NOT NULL constraint failed' && own !== null)
    return rowsWhere(rows, [quoteName(own)], isNull);
  if (/^NOT NULL constraint failed: /.test(message))
    return [
      ...rowsWhere(rows, namedIn(message, failed).map(quoteName), isNull),
      ...matchedNull(statement, views, namedIn(message, failed)),
    ];
  if (message === 'constraint failed' && statement.head.column !== null)
    return rowsWhere(rows, [quoteName(statement.head.column)], isNull);
  if (/^UNIQUE constraint failed/.test(message)) return clashing(failed, views, rows, updated(statement, views));
  if (/^CHECK constraint failed|^constraint failed$/.test(message)) return checked(failed, rows);
  if (/FOREIGN KEY constraint failed|^foreign key check failed/.test(message))
    return [...parentMissing(failed, views, rows), ...childrenLeft(failed, views)];
  if (/^datatype mismatch$|^cannot store /.test(message)) return mistyped(failed, rows, message);
  if (/malformed JSON|^SQL logic error$/.test(message)) return malformed(failed, views, rows);
  return message === 'integer overflow' ? overflowing(failed, rows) : [];
}

/** The columns of the table that the statement writes which a message names. */
function namedIn(message: string, { statement, schema }: FailedStatement): readonly string[] {
  const table = tableNamed(schema, statement.head.target ?? '');
  const names = table?.columns.map(({ name }) => name) ?? [];
  return table === undefined ? [] : (namedColumns(message, table.name, names) ?? []);
}

function isNull(operand: string): string {
  return operand.toUpperCase() === 'NULL' ? 'true' : `${operand} IS NULL`;
}

/** The rows of an UPDATE to which a row of its FROM gives NULL. */
function matchedNull({ head, sql }: Statement, views: Views, columns: readonly string[]): Listing[] {
  const view = views.get(foldName(head.target ?? ''));
  const parts = head.verb === 'update' ? readChangeParts(sql) : null;
  if (
    parts === null ||
    parts.from === null ||
    view === undefined ||
    !view.isPlain ||
    !sameName(view.table.name, head.target ?? '')
  )
    return [];
  const { from, where } = parts;
  return readUpdate(sql).assignments.flatMap(({ column, text }): Listing[] => {
    if (text === null || !columns.some((name) => sameName(name, column))) return [];
    const tests = [...(where === null ? [] : [textOf(sql, where)]), `${asOperand(text)} IS NULL`];
    return [
      { view, conditions: [`EXISTS (SELECT 1 FROM ${textOf(sql, from)} WHERE ${tests.map(asOperand).join(' AND ')})`] },
    ];
  });
}

/** One listing for each expression over the rows that a statement writes, where it can be said. */
function rowsWhere(
  view: View | null,
  expressions: readonly string[],
  condition: (operand: string) => string,
): Listing[] {
  return expressions.flatMap((expression): Listing[] => {
    const said = view === null ? null : express(view, expression);
    return view === null || said === null ? [] : [{ view, conditions: [condition(asOperand(said))] }];
  });
}

/** SQLite names the constraint or quotes its text: the one that it quotes is asked first. */
function checked({ failure, statement, schema }: FailedStatement, rows: View | null): Listing[] {
  const target = tableNamed(schema, statement.head.target ?? '');
  const inText = readTableText(`(${statement.sql})`).checks;
  const checks = [...inText, ...(target?.checks ?? [])];
  const isQuoted = (check: string): boolean => failure.message.includes(onOneLine(check));
  const sorted = [...checks.filter(isQuoted), ...checks.filter((check) => !isQuoted(check))];
  const view = rows === null || target === undefined ? rows : converted(rows, target);
  return rowsWhere(view, sorted, (operand) => `NOT ${operand}`);
}

/** The rows as the columns of a table hold them: with its affinities. https://sqlite.org/datatype3.html#type_affinity */
function converted(view: View, target: Table): View {
  const columns = new Map(view.columns);
  for (const { name, type } of target.columns) {
    const by = columns.get(foldName(name)) ?? null;
    const source = view.table.columns.find((column) => by === quoteName(column.name));
    if (by === null || source === undefined) continue;
    const [had, has] = [affinityOf(source.type), affinityOf(type)];
    if (had === has || has === 'blob') continue;
    const isNumber = has !== 'text';
    // A comparison with a number makes a number of a text that is one written out.
    const number = `CASE WHEN CAST(${by} AS NUMERIC) IS ${by} THEN CAST(${by} AS NUMERIC) ELSE ${by} END`;
    const text = `CASE WHEN typeof(${by}) IN ('integer', 'real') THEN CAST(${by} AS TEXT) ELSE ${by} END`;
    columns.set(foldName(name), `(${isNumber ? number : text})`);
  }
  return { ...view, columns };
}

/** Values that an INTEGER PRIMARY KEY or a column of a STRICT table does not take. https://sqlite.org/stricttables.html */
function mistyped({ statement, schema }: FailedStatement, rows: View | null, message: string): Listing[] {
  const target = tableNamed(schema, statement.head.target ?? '');
  const names = target?.columns.map(({ name }) => name) ?? [];
  const [named = target?.rowidAlias] = (target && namedColumns(message, target.name, names)) ?? [];
  const column = target?.columns.find(({ name }) => named != null && sameName(name, named));
  if (target === undefined || column === undefined) return [];
  return rowsWhere(rows, [quoteName(column.name)], (value) => misfit(value, affinityOf(column.type)));
}

function misfit(value: string, affinity: ReturnType<typeof affinityOf>): string {
  const number = `CAST(${value} AS NUMERIC) IS NOT ${value}`;
  switch (affinity) {
    case 'text':
      return `typeof(${value}) = 'blob'`;
    case 'blob':
      return `typeof(${value}) NOT IN ('blob', 'null')`;
    case 'integer':
      return `${value} IS NOT NULL AND (${number} OR CAST(${value} AS INTEGER) IS NOT CAST(${value} AS NUMERIC))`;
    default:
      return `${value} IS NOT NULL AND ${number}`;
  }
}

/** The rows whose number abs() has no result for. https://sqlite.org/lang_corefunc.html#abs */
function overflowing({ statement }: FailedStatement, rows: View | null): Listing[] {
  const operands = [...statement.sql.matchAll(/\babs\s*\(\s*([\w"`.]+)\s*\)/gi)].flatMap(
    ([, operand]) => operand ?? [],
  );
  const source = rows === null ? null : { ...plainView(rows.table), where: rows.where };
  return rowsWhere(source, operands, (operand) => `${operand} = -9223372036854775808`);
}

/** The rows whose text is not JSON, of the table that the statement reads the text from. */
function malformed({ statement, schema }: FailedStatement, views: Views, rows: View | null): Listing[] {
  const { head, sql } = statement;
  const isInvalid = (value: string): string => `NOT json_valid(${value})`;
  const names = new Set([...(head.target === null ? [] : [head.target]), ...head.sources]);
  const condition = head.verb === 'create-index' ? readIndexCondition(sql) : null;
  const read = jsonOperandsIn(sql).flatMap(({ qualifier, column }) => {
    const tables = [...names].filter((name) => has(tableNamed(schema, name), column));
    const sorted = tables.toSorted(
      (a, b) => Number(sameName(b, qualifier ?? '')) - Number(sameName(a, qualifier ?? '')),
    );
    return sorted.flatMap((name): Listing[] => {
      const view = views.get(foldName(name)) ?? null;
      const within = view === null ? null : narrowed(view, condition);
      // The rows that the statement reads are fewer where it has a WHERE.
      const isRead = rows !== null && within !== null && rows.table === within.table;
      const met = isRead ? [{ ...within, where: [...new Set([...within.where, ...rows.where])] }] : [];
      return [...met, within].flatMap((each) => rowsWhere(each, [quoteName(column)], isInvalid));
    });
  });
  // A generated column of the table that is written may be what parses the text.
  const target = tableNamed(schema, head.target ?? '');
  const computed = jsonOperandsIn(target?.sql ?? '').map(({ column }) => quoteName(column));
  return [...read, ...rowsWhere(rows, computed, isInvalid)];
}

function has(table: Table | undefined, column: string): boolean {
  return table?.columns.some(({ name }) => sameName(name, column)) === true;
}
