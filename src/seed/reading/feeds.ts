import type { Statement } from '../../model/history.ts';
import { type Part, readParts } from '../../sql/parts.ts';
import { readWriteText } from '../../sql/write-text.ts';

/** A SELECT that brings rows of a table into another one. */
export interface Feed {
  /** The table that they go into, by its name when the statement runs. */
  readonly target: string;
  /** The columns that are named there, or null where all are meant. */
  readonly into: readonly string[] | null;
  readonly source: string;
  /** The columns that are taken, in their order; null for what is not one column alone. */
  readonly items: readonly (string | null)[];
}

/** Reads the SELECTs of an INSERT, those of a UNION one by one. */
export function readFeeds({ sql, head }: Statement): Feed[] {
  const { target } = head;
  if ((head.verb !== 'insert' && head.verb !== 'replace') || target === null || head.sources.length === 0) return [];
  const { into, query } = readWriteText(sql);
  return selectsIn(readParts(query ?? '')).flatMap((parts): Feed[] => {
    const from = outermost(parts, 'FROM');
    const source = parts[from + 1]?.key === '(' ? null : (parts[from + 1]?.name ?? null);
    return from < 0 || source === null ? [] : [{ target, into, source, items: itemsIn(parts.slice(1, from)) }];
  });
}

/** The SELECTs that stand side by side. */
function selectsIn(parts: readonly Part[]): Part[][] {
  const selects: Part[][] = [];
  let depth = 0;
  for (const part of parts) {
    if (part.key === ')') depth -= 1;
    if (depth === 0 && part.key === 'SELECT') selects.push([]);
    selects.at(-1)?.push(part);
    if (part.key === '(') depth += 1;
  }
  return selects;
}

function outermost(parts: readonly Part[], key: string): number {
  let depth = 0;
  return parts.findIndex((part) => {
    if (part.key === '(') depth += 1;
    if (part.key === ')') depth -= 1;
    return depth === 0 && part.key === key;
  });
}

function itemsIn(parts: readonly Part[]): (string | null)[] {
  const items: Part[][] = [[]];
  let depth = 0;
  for (const part of parts) {
    if (part.key === '(') depth += 1;
    if (part.key === ')') depth -= 1;
    if (depth === 0 && part.key === ',') items.push([]);
    else if (part.key !== 'DISTINCT' && part.key !== 'ALL') items.at(-1)?.push(part);
  }
  return items.map((item) => {
    const as = item.findIndex(({ key }) => key === 'AS');
    const named = as < 0 ? item : item.slice(0, as);
    const isColumn = named.length === 1 || (named.length === 3 && named[1]?.key === '.');
    return isColumn && named.at(-1)?.constant === null ? (named.at(-1)?.name ?? null) : null;
  });
}

const constraintWords: ReadonlySet<string> = new Set(['CONSTRAINT', 'PRIMARY', 'UNIQUE', 'CHECK', 'FOREIGN']);

/** The columns that a CREATE TABLE declares, in their order. */
export function columnsIn(createTable: string): string[] {
  const parts = readParts(createTable);
  let depth = 0;
  return parts.flatMap(({ key, name }, i) => {
    const before = parts[i - 1]?.key;
    const begins = depth === 1 && (before === '(' || before === ',');
    if (key === '(') depth += 1;
    if (key === ')') depth -= 1;
    return begins && name !== null && !constraintWords.has(key) ? [name] : [];
  });
}
