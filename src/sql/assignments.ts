import type { Expression, LookupText } from '../model/change.ts';
import { columnNamesIn, readExpression } from './expressions.ts';
import { readLookup, readUpdateFrom } from './lookup-text.ts';
import { clause, outsideAt } from './nesting.ts';
import { foldName } from './quote.ts';
import { nameOf, readWords, type Word } from './words.ts';

/** The value that SET gives to a column. */
export interface Assignment {
  readonly column: string;
  /** Null where several columns get the row of one query. */
  readonly expression: Expression | null;
  /** Its text; null where several columns get the row of one query. */
  readonly text: string | null;
  /** The rows that it asks for the value; null where it asks none. */
  readonly lookup: LookupText | null;
}

/** The columns that an UPDATE sets, and the rows. */
export interface Update {
  readonly assignments: readonly Assignment[];
  /** Whether it is about all rows of its table. */
  readonly isWhole: boolean;
}

/**
 * Reads what an UPDATE, or an upsert, sets. Where its WHERE asks for anything but the columns that the expression is about,
 * the author has chosen the rows, and so where the value is NULL.
 */
export function readUpdate(sql: string): Update {
  const words = readWords(sql);
  const from = outsideAt(words, setting);
  const pairs = from < 0 ? [] : readPairs(words, from);
  const where = clause(words.slice(Math.max(from, 0)), choosing, endsWhere) ?? [];
  // A row that the FROM of an UPDATE has no match for is left as it is.
  const match = readUpdateFrom(words.slice(Math.max(from, 0)));
  const named = new Set(pairs.flatMap(({ value }) => columnNamesIn(value)));
  const assignments = pairs.flatMap(({ columns, value }): Assignment[] => {
    const [column] = columns;
    if (column === undefined || columns.length > 1)
      return columns.map((name, i) => ({
        column: name,
        expression: null,
        text: null,
        lookup: match ?? readLookup(value, i),
      }));
    const read = readExpression(value);
    const own = new Set([...read.names, foldName(column)]);
    const asked = columnNamesIn(where).filter((name) => !connectives.has(name));
    // `SET kind = 'name' WHERE kind = 'title'` gives one word for another.
    const isWord = where.some(({ kind }) => kind === 'string') && asked.includes(foldName(column));
    const isKnown = read.text !== null && !read.text.isName && named.has(foldName(read.text.value));
    return [
      {
        column,
        lookup: match ?? read.lookup,
        text: sql.slice(value[0]?.start ?? 0, value.at(-1)?.end ?? 0),
        expression: {
          ...read,
          text: isWord || isKnown ? null : read.text,
          // The FROM of an UPDATE may have a column of that name too.
          keeps: match === null ? read.keeps : null,
          // The WHERE of an UPDATE with FROM says which rows belong together.
          choosesNull: read.choosesNull || (match === null && asked.some((name) => !own.has(name))),
        },
      },
    ];
  });
  return { assignments, isWhole: where.length === 0 };
}

const connectives: ReadonlySet<string> = new Set(['is', 'not', 'null', 'and', 'or', 'in', 'between', 'like', 'glob']);

interface Pair {
  readonly columns: readonly string[];
  readonly value: readonly Word[];
}

/** `a = …, (b, c) = …` after each SET from `from` on. */
function readPairs(words: readonly Word[], from: number): Pair[] {
  const pairs: Pair[] = [];
  let start = -1;
  const close = (end: number): void => {
    if (start >= 0) pairs.push(readPair(words.slice(start, end)));
    start = -1;
  };
  for (let i = from; i < words.length; i++) {
    const { key = '', depth = 0 } = words[i] ?? {};
    if (depth > 0) continue;
    if (key === 'SET' || (key === ',' && start >= 0)) {
      close(i);
      start = i + 1;
    } else if (endsSet.has(key)) close(i);
  }
  close(words.length);
  return pairs;
}

function readPair(words: readonly Word[]): Pair {
  const equals = outsideAt(words, equalsSigns);
  const columns = words.slice(0, Math.max(equals, 0)).flatMap((word) => nameOf(word) ?? []);
  return { columns, value: words.slice(equals + 1) };
}

const endsSet: ReadonlySet<string> = new Set(['FROM', 'WHERE', 'RETURNING', 'ORDER', 'LIMIT', 'ON', ';']);
const setting: ReadonlySet<string> = new Set(['SET']);
const choosing: ReadonlySet<string> = new Set(['WHERE']);
const equalsSigns: ReadonlySet<string> = new Set(['=', '==']);
const endsWhere: ReadonlySet<string> = new Set(['RETURNING', 'ORDER', 'LIMIT', ';']);
