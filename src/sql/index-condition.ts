import { type ColumnCondition, type Condition, readConditions } from './conditions.ts';
import { readParts } from './parts.ts';
import { onOneLine } from './quote.ts';
import { tokens } from './tokens.ts';

/**
 * The condition of a partial index, on one line and without comments; null where the index has none.
 * https://sqlite.org/partialindex.html
 * @param createIndex the text of a CREATE INDEX.
 */
export function readIndexCondition(createIndex: string): string | null {
  for (const { kind, start, end } of tokens(createIndex)) {
    if (kind === 'word' && createIndex.slice(start, end).toUpperCase() === 'WHERE')
      return onOneLine(createIndex.slice(end)).replace(/\s*;$/, '');
  }
  return null;
}

/** The test of a partial index on one column; `filled` is IS NOT NULL. */
export interface IndexTerm extends Pick<ColumnCondition, 'column'> {
  readonly condition: Condition | { readonly kind: 'filled' };
}

/** Reads the terms of a condition that all of them must meet, each on one column; none where it has an OR, a CASE or a sum. */
export function readIndexConditions(condition: string): IndexTerm[] {
  const parts = readParts(condition);
  if (parts.some(({ key }) => alternatives.has(key))) return [];
  const own = parts.flatMap(({ key, name }, i): IndexTerm[] => {
    if (name === null || keywords.has(key)) return [];
    const after = [1, 2, 3].map((step) => parts[i + step]?.key ?? '');
    if (/^(?:IS NOT NULL|NOT NULL|NOTNULL)\b/.test(after.join(' ')))
      return [{ column: name, condition: { kind: 'filled' } }];
    const before = parts.slice(0, i).findLast((each) => each.key !== '(');
    // A column by itself is a flag.
    if (!connectives.has(before?.key ?? 'AND') || !(parts[i + 1] === undefined || /^(?:\)|AND)$/.test(after[0] ?? '')))
      return [];
    return [{ column: name, condition: { kind: before?.key === 'NOT' ? 'one-of' : 'none-of', values: [0] } }];
  });
  return [...own, ...readConditions(`WHERE ${condition}`)];
}

const alternatives: ReadonlySet<string> = new Set(['OR', 'CASE', '+', '||']);
const keywords: ReadonlySet<string> = new Set(['AND', 'NOT', 'IS', 'NULL', 'NOTNULL', 'ISNULL']);
const connectives: ReadonlySet<string> = new Set(['AND', 'NOT']);
