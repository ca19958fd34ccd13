import type { Table } from '../model/schema.ts';
import { inside, items } from '../sql/nesting.ts';
import { unquote } from '../sql/quote.ts';
import { readWords } from '../sql/words.ts';
import type { Cell } from './column-values.ts';

/** How a row of a virtual table is made. */
export type VirtualPlan =
  | {
      readonly kind: 'row';
      /** The cells that its module asks for; the other columns are like those of any table. */
      readonly cells: readonly (readonly [column: string, cell: Cell])[];
      /** The table that tells whether it has a row. */
      readonly store: string;
    }
  | { readonly kind: 'none'; readonly reason: string };

/** How a row of `table` is made: full-text tables hold words, R*Trees boxes; what other modules hold is not known. */
export function planVirtual(table: Table): VirtualPlan {
  const { name, args } = readModule(table.sql);
  const row = { kind: 'row', cells: [], store: table.name } as const;
  switch (name) {
    case 'fts3':
    case 'fts4':
    case 'fts5':
      return planFullText(table, name, contentOption(args));
    case 'rtree':
    case 'rtree_i32':
      return { ...row, cells: boxOf(table, args) };
    case 'geopoly':
      // https://sqlite.org/geopoly.html#geojson
      return { ...row, cells: [['_shape', '[[0,0],[1,0],[0,1],[0,0]]']] };
    default:
      return { kind: 'none', reason: `it is a virtual table of the module ${name}, whose rows are not known here` };
  }
}

/** https://sqlite.org/fts5.html#external_content_and_contentless_tables */
function planFullText(table: Table, module: string, content: string | null): VirtualPlan {
  if (content === null) return { kind: 'row', cells: [], store: table.name };
  if (content !== '') return { kind: 'none', reason: `its content is that of ${content}, which has no row` };
  // A contentless FTS4 table asks for its docid, and cannot be read without one.
  if (module === 'fts4') return { kind: 'row', cells: [['docid', 1]], store: `${table.name}_docsize` };
  return { kind: 'row', cells: [], store: table.name };
}

function readModule(sql: string): { name: string; args: string[][] } {
  const words = readWords(sql);
  const using = words.findIndex(({ key }) => key === 'USING');
  const args = items(inside(words, using + 2)).map((arg) => arg.map(({ text }) => text));
  return { name: unquote(words[using + 1]?.text ?? '').toLowerCase(), args };
}

/** The value of `content=…`: '' for a contentless table, null where the table keeps its own. */
function contentOption(args: readonly (readonly string[])[]): string | null {
  const option = args.find(([key, equals]) => key?.toLowerCase() === 'content' && equals === '=');
  return option === undefined ? null : unquote(option[2] ?? '');
}

/** The coordinates of a box: each lower one is followed by its upper one. https://sqlite.org/rtree.html */
function boxOf(table: Table, args: readonly (readonly string[])[]): [string, Cell][] {
  const auxiliary = args.flatMap(([sign, name]) => (sign === '+' && name !== undefined ? [unquote(name)] : []));
  const [id, ...rest] = table.columns;
  const coordinates = rest.filter(({ name }) => !auxiliary.includes(name));
  const box = coordinates.map(({ name }, i): [string, Cell] => [name, i % 2 === 0 ? 10 : 20]);
  return id === undefined ? box : [[id.name, undefined], ...box];
}
