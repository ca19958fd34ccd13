import type { ColumnCondition } from './conditions.ts';
import type { Constant, SqlPart } from './parts.ts';
import { readParts } from './parts.ts';

/** A branch of a CASE: the column that it compares, and the value. */
interface Branch {
  readonly column: string;
  readonly value: Constant;
}

/**
 * Reads the lists that a CASE without ELSE states of one column: `CASE WHEN kind = 1 THEN … WHEN kind = 2 THEN … END` and
 * `CASE kind WHEN 1 THEN … END`. Its author takes the list for all that the column holds: another value would give NULL.
 * https://sqlite.org/lang_expr.html#the_case_expression
 */
export function readClosedCases(sql: string): ColumnCondition[] {
  if (!/\bcase\b/i.test(sql)) return [];
  const parts = readParts(sql);
  return parts.flatMap(({ key }, at): ColumnCondition[] => {
    if (key !== 'CASE') return [];
    const branches = branchesOf(parts, at);
    const [first, ...others] = branches ?? [];
    if (first === undefined || others.length === 0) return [];
    if (!others.every(({ column }) => column.toLowerCase() === first.column.toLowerCase())) return [];
    const values = [first, ...others].map(({ value }) => value);
    return [{ column: first.column, condition: { kind: 'one-of', values, closed: true } }];
  });
}

/** The branches of the CASE at `at`; null where one of them compares something else, or an ELSE takes the rest. */
function branchesOf(parts: readonly SqlPart[], at: number): Branch[] | null {
  const subject = parts[at + 1]?.key === 'WHEN' ? null : nameAt(parts, at + 1);
  if (subject === null && parts[at + 1]?.key !== 'WHEN') return null;
  const branches: Branch[] = [];
  let cases = 0;
  for (let i = at; i < parts.length; i++) {
    const key = parts[i]?.key;
    if (key === 'CASE') cases += 1;
    else if (key === 'END' && --cases === 0) return branches;
    else if (cases === 1 && key === 'ELSE') return null;
    else if (cases === 1 && key === 'WHEN') {
      const branch = branchAt(parts, i + 1, subject);
      if (branch === null) return null;
      branches.push(branch);
    }
  }
  return null;
}

/** The branch whose condition begins at `at` and ends at THEN. */
function branchAt(parts: readonly SqlPart[], at: number, subject: [string, number] | null): Branch | null {
  const named = subject ?? nameAt(parts, at);
  if (named === null) return null;
  const [column, end] = named;
  const place = subject === null ? end + 2 : at;
  if (subject === null && !/^(?:==?|IS)$/.test(parts[end + 1]?.key ?? '')) return null;
  const value = parts[place]?.constant;
  return value == null || parts[place + 1]?.key !== 'THEN' ? null : { column, value };
}

/** The column at `at`, and where its name ends. */
function nameAt(parts: readonly SqlPart[], at: number): [string, number] | null {
  const end = parts[at + 1]?.key === '.' ? at + 2 : at;
  const name = parts[end]?.name ?? null;
  return name === null || parts[end + 1]?.key === '(' ? null : [name, end];
}
