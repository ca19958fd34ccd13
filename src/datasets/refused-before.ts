import type { Database } from '../database/connection.ts';
import type { SqlValue } from '../model/connection.ts';
import type { Refusal, RowSink, RowVerdict, Unfilled } from '../model/dataset.ts';
import type { Schema, Table } from '../model/schema.ts';
import { foldName } from '../sql/quote.ts';
import { tableNamed, triggersOf } from '../sql/tables.ts';

/** How many rows of a search must be those of the last one before it counts as the same search. */
const sameRows = 32;

/** How many searches of a filling are tried again; the others of as many tables have their turn at the next fillings. */
const searchesTried = 8;

/** A row that a table refused. */
interface Tried {
  readonly text: string;
  readonly refusal: Refusal;
}

/** A search that ended without a row, with its rows in their order and the reason that it gave. */
interface Ended {
  readonly table: Table;
  readonly rows: readonly Tried[];
  readonly reason: Refusal;
}

/** The rows that go into a table one by one in a filling. */
interface Course {
  readonly table: Table;
  /** The search that ended without a row at the last filling; null where there is none. */
  readonly ended: Ended | null;
  /** The place of that search among them; -1 without one. */
  readonly turn: number;
  /** Whether the rows so far are those of that search, and are refused for the same reasons. */
  follows: boolean;
  rows: Tried[];
}

/** The searches that ended without a row at the last filling of a database. */
const endedIn = new WeakMap<Database, readonly Ended[]>();

/** The part of a sink that inserts one row after the other. */
export interface RefusingInserts extends Pick<RowSink, 'insert' | 'together'> {
  /** Keeps the searches of the tables that are empty at the end of a filling for the next one. */
  readonly keepSearches: (unfilled: readonly Unfilled[]) => void;
}

/**
 * Ends a search early that ended without a row at the last filling of the same database. Triggers that refuse every row
 * of a table do so at each step of a history, and each row runs all of them. A search counts as the same if it begins
 * with the same rows; some of them go in again, and each must be refused for the same reason. Searches are tried again
 * in turns, so that a step costs the same however many tables stay empty.
 */
export function refusedBefore(sink: RowSink, db: Database, schema: Schema): RefusingInserts {
  const before = endedIn.get(db) ?? [];
  const courses = new Map<string, Course>();
  let isTogether = false;
  return {
    insert: (name, row, how) => {
      const put = (): RowVerdict => sink.insert(name, row, how);
      const table = how === undefined && !isTogether ? tableNamed(schema, name) : undefined;
      if (table === undefined || triggersOf(schema, name).length === 0) return put();
      const course = courses.get(foldName(name)) ?? startCourse(table, before);
      courses.set(foldName(name), course);
      return follow(course, textOf(row), put);
    },
    together: (work) => {
      isTogether = true;
      try {
        return sink.together(work);
      } finally {
        isTogether = false;
      }
    },
    keepSearches: (unfilled) => {
      const ended = unfilled.flatMap(({ table, reason }) => {
        const course = courses.get(foldName(table));
        return course === undefined ? [] : endOf(course, reason).map((end) => ({ end, turn: nextTurn(course) }));
      });
      const inTurn = ended.sort((a, b) => (a.turn === b.turn ? 0 : a.turn - b.turn));
      endedIn.set(
        db,
        inTurn.map(({ end }) => end),
      );
    },
  };
}

function startCourse(table: Table, before: readonly Ended[]): Course {
  // A table that changes is another object.
  const turn = before.findIndex((each) => each.table === table);
  const ended = before[turn] ?? null;
  return { table, ended, turn, follows: ended !== null, rows: [] };
}

/** The turn of a course at the next filling: those that were tried at this one stand back. */
function nextTurn({ turn }: Course): number {
  return turn < searchesTried ? Number.POSITIVE_INFINITY : turn;
}

/** Puts a row in, unless the search is still the one that ended without a row. */
function follow(course: Course, text: string, put: () => RowVerdict): RowVerdict {
  const { ended } = course;
  // A search begins with the plain row.
  if (text === (course.rows[0] ?? ended?.rows[0])?.text) Object.assign(course, { follows: ended !== null, rows: [] });
  const place = course.rows.length;
  const tried = course.follows ? ended?.rows[place] : undefined;
  if (ended === null || tried?.text !== text) {
    course.follows = false;
    return record(course, text, put());
  }
  if (place >= sameRows) return { ...ended.reason, ofAnyRow: true };
  const verdict = course.turn < searchesTried && isAsked(place) ? put() : tried.refusal;
  course.follows = verdict?.code === tried.refusal.code && verdict.message === tried.refusal.message;
  return record(course, text, verdict);
}

/** Whether the row at a place of a search goes in again: the first, the second, the third, the fifth, the ninth … */
function isAsked(place: number): boolean {
  return (place & (place - 1)) === 0;
}

function record(course: Course, text: string, verdict: RowVerdict): RowVerdict {
  // A row that was taken changes what the table refuses.
  if (verdict === null) course.rows = [];
  else course.rows.push({ text, refusal: verdict });
  return verdict;
}

/** The search that a course ended with; none where it gave another reason. */
function endOf({ table, ended, follows, rows }: Course, message: string): Ended[] {
  if (ended !== null && follows && rows.length >= sameRows) return [ended];
  const reason = rows.find(({ refusal }) => refusal.message === message)?.refusal;
  return reason === undefined ? [] : [{ table, rows, reason }];
}

/** Tells rows apart. */
function textOf(row: ReadonlyMap<string, SqlValue>): string {
  return JSON.stringify([...row].map(([column, value]) => [column, typeof value, String(value)]));
}
