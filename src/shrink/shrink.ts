// This room finds the fewest of some things that still show something, whatever the things are: of a list, and of a case.
import type { Statement, Verb } from '../model/history.ts';
import { namesIn } from '../sql/names.ts';
import { foldName } from '../sql/quote.ts';
import { type Case, type CaseRow, type SchemaPart, withoutRow, withParts, withRows } from './case.ts';
import { ddmin } from './ddmin.ts';
import { omitColumns, shortenTexts } from './values.ts';

/** The functions that the search calls. */
export interface Oracle {
  /** Whether a case still shows the same thing; a case that cannot be built shows nothing. */
  readonly shows: (tried: Case) => boolean;
  /** The case without some columns of a table, as SQLite drops them; null where it refuses that. */
  readonly dropColumns: (whole: Case, table: string, columns: readonly string[]) => Case | null;
  /** The columns of a table that take a row without a value of theirs, and those that are no key. */
  readonly columnsOf: (whole: Case, table: string) => readonly ShrinkableColumn[];
}

/** A column that the search may do without. */
export interface ShrinkableColumn {
  readonly name: string;
  /** Whether a row need not give it a value. */
  readonly isOptional: boolean;
  readonly isKey: boolean;
}

/** The result of a search. */
export interface Shrunk {
  readonly smallest: Case;
  /** How often the oracle was asked. */
  readonly tries: number;
  /** Whether no row, object, column or statement of it can go by itself; false where the tries ended before that was known. */
  readonly isMinimal: boolean;
}

/** A search with what it has found so far. */
interface Search {
  readonly oracle: Oracle;
  best: Case;
  /** Takes a case for the best if it still shows the same. */
  readonly accept: (tried: Case | null) => boolean;
  /** The same without taking it. */
  readonly shows: (tried: Case) => boolean;
  readonly isOver: () => boolean;
}

/**
 * Finds a smallest case that shows what `start` shows: tables go first, then rows, columns, values and statements of the
 * migration, and in the end each of them by itself, until nothing can go.
 * @param start a case that shows it.
 * @param limit how often the oracle may be asked.
 */
export function shrink(start: Case, oracle: Oracle, limit: number): Shrunk {
  let tries = 0;
  const shows = (tried: Case): boolean => {
    if (tries >= limit) return false;
    tries += 1;
    return oracle.shows(tried);
  };
  const search: Search = {
    oracle,
    best: start,
    shows,
    accept: (tried) => {
      if (tried === null || !shows(tried)) return false;
      search.best = tried;
      return true;
    },
    isOver: () => tries >= limit,
  };
  shrinkTables(search);
  shrinkRows(search);
  shrinkStatements(search);
  shrinkColumns(search);
  search.best = omitColumns(search.best, oracle.columnsOf, namedIn(search.best), search.accept);
  search.best = shortenTexts(search.best, namedIn(search.best), search.accept);
  while (!search.isOver() && removeOne(search)) {
    // Each turn takes something away, so that it ends.
  }
  return { smallest: search.best, tries, isMinimal: !search.isOver() };
}

/** The names in the statements of the migration and in the objects on tables. */
function namedIn({ statements, schema }: Case): ReadonlySet<string> {
  const texts = [
    ...statements.map(({ sql }) => sql),
    ...schema.filter(({ type }) => type !== 'table').map(({ sql }) => sql),
  ];
  return new Set(texts.flatMap((sql) => [...namesIn(sql)]));
}

/** Tables with all that stands on them; first those that nobody names go at once. */
function shrinkTables(search: Search): void {
  const { best } = search;
  for (const close of closestParts(best)) {
    if (close.length < best.schema.length && search.accept(withParts(best, close, foldName))) break;
  }
  const units = unitsOf(search.best);
  if (units.length > 1) {
    const whole = search.best;
    const part = ddmin(units, (some) => search.shows(withParts(whole, some.flat(), foldName)));
    if (part.length < units.length) search.accept(withParts(whole, part.flat(), foldName));
  }
}

/**
 * The objects that the statements name, without and with the triggers on them, and with what those and the views among them name
 * in turn: a trigger fails that reads a view which is not there. The fewest come first.
 */
function closestParts({ schema, statements }: Case): readonly (readonly SchemaPart[])[] {
  const named = new Set(statements.flatMap(({ sql }) => [...namesIn(sql)]));
  const isNamed = ({ name, table }: SchemaPart): boolean => named.has(foldName(table)) || named.has(foldName(name));
  const close = schema.filter(isNamed);
  const withoutTriggers = close.filter(({ type, name }) => type !== 'trigger' || named.has(foldName(name)));
  const reached = new Set(close);
  for (let size = -1; size < reached.size; ) {
    size = reached.size;
    const names = new Set(
      [...reached].flatMap(({ type, sql }) => (type === 'trigger' || type === 'view' ? [...namesIn(sql)] : [])),
    );
    for (const part of schema) if (names.has(foldName(part.table))) reached.add(part);
  }
  const candidates = [withoutTriggers, close, schema.filter((part) => reached.has(part))];
  return candidates.filter(({ length }, i) => candidates.findIndex((each) => each.length === length) === i);
}

/** The tables of a schema, each with what stands on it, and the views. */
function unitsOf({ schema }: Case): readonly (readonly SchemaPart[])[] {
  const own = schema.filter(({ type }) => type === 'table' || type === 'view');
  return own.map((owner) => [owner, ...schema.filter((part) => part !== owner && part.table === owner.name)]);
}

function shrinkRows(search: Search): void {
  const whole = search.best;
  if (whole.rows.length === 0 || search.accept({ ...whole, rows: [] })) return;
  const tables = [...Map.groupBy(whole.rows, ({ table }) => table).values()];
  if (tables.length > 1) {
    const some = ddmin(tables, (part) => search.shows(withRows(whole, part.flat())));
    if (some.length < tables.length) search.accept(withRows(whole, some.flat()));
  }
  const { rows } = search.best;
  const part = ddmin<CaseRow>(rows, (some) => search.shows(withRows(whole, some)));
  if (part.length < rows.length) search.accept(withRows(whole, part));
}

/** Statements that begin or end a transaction, or set the rules in it, stay. */
const pinned: ReadonlySet<Verb> = new Set(['begin', 'commit', 'rollback', 'savepoint', 'release', 'pragma']);

function isPinned({ head }: Statement): boolean {
  return pinned.has(head.verb);
}

function shrinkStatements(search: Search): void {
  const whole = search.best;
  const free = whole.statements.filter((statement) => !isPinned(statement));
  const withFree = (some: readonly Statement[]): Case => ({
    ...whole,
    statements: whole.statements.filter((statement) => isPinned(statement) || some.includes(statement)),
  });
  const part = ddmin(free, (some) => search.shows(withFree(some)));
  if (part.length < free.length) search.accept(withFree(part));
}

/** Columns that nobody names, all of a table at once or else one by one. */
function shrinkColumns(search: Search): void {
  const tables = search.best.schema.filter(({ type }) => type === 'table').map(({ name }) => name);
  for (const table of tables) {
    const named = namedIn(search.best);
    const columns = search.oracle
      .columnsOf(search.best, table)
      .flatMap(({ name, isKey }) => (isKey || named.has(foldName(name)) ? [] : [name]));
    if (columns.length === 0) continue;
    const without = search.oracle.dropColumns(search.best, table, columns);
    if (without !== null && search.accept(without)) continue;
    if (columns.length === 1 && without !== null) continue;
    for (const column of columns) {
      const next = search.oracle.dropColumns(search.best, table, [column]);
      if (next !== null) search.accept(next);
    }
  }
}

/** Takes one row, object or statement away that can go by itself; false where there is none. */
function removeOne(search: Search): boolean {
  const { best } = search;
  const smaller = [
    ...best.rows.toReversed().map((row) => () => withoutRow(best, row)),
    ...best.schema.toReversed().map((part) => () => without(best, part)),
    ...best.statements
      .filter((statement) => best.statements.length > 1 && !isPinned(statement))
      .map((statement) => () => ({ ...best, statements: best.statements.filter((each) => each !== statement) })),
  ];
  return smaller.some((make) => !search.isOver() && search.accept(make()));
}

/** The case without an object, and without those that do not go without it. */
function without(whole: Case, part: SchemaPart): Case {
  const gone = new Set<SchemaPart>([part]);
  for (let size = 0; size < gone.size; ) {
    size = gone.size;
    const names = new Set([...gone].flatMap(({ type, name }) => (type === 'table' ? [foldName(name)] : [])));
    for (const each of whole.schema) if (each.needs.some((need) => names.has(need))) gone.add(each);
  }
  return withParts(
    whole,
    whole.schema.filter((each) => !gone.has(each)),
    foldName,
  );
}
