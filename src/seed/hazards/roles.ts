import type { Role } from '../../hazards/sort.ts';
import type { SqlValue } from '../../model/connection.ts';
import type { Column } from '../../model/schema.ts';
import type { Condition } from '../../sql/conditions.ts';
import { constantOf } from '../../sql/literals.ts';
import type { Constant } from '../../sql/parts.ts';
import type { TextKind } from '../../text/kinds/kind.ts';
import { textKinds } from '../../text/kinds/kinds.ts';
import { timestampForms } from '../../text/kinds/timestamps.ts';
import type { ColumnFacts } from '../reading/facts.ts';
import { affinityOf, contentOf } from '../values/affinity.ts';

/** Tells the role of a column from its type, from what texts say of it and from the value of a plain row. */
export function roleOf(column: Column, facts: ColumnFacts, plain: SqlValue): Role {
  const content = contentOf(column.type);
  const textual = content === 'text' || content === 'anything' || content === 'bytes';
  if (plain instanceof Uint8Array) return 'other';
  const isJson = (value: unknown): boolean => typeof value === 'string' && textKinds.json.recognises(value);
  const holds = (kind: TextKind): boolean => typeof plain === 'string' && kind.recognises(plain);
  // The schema calls it JSON or gives it an empty document to begin with: whoever writes it writes JSON.
  if (/JSON/i.test(column.type) || (textual && isJson(constantOf(column.default)))) return 'written-document';
  if (textual && (isReadAsJson(facts) || isJson(plain))) return 'document';
  if (content === 'timestamp' || timestampForms.some((form) => holds(textKinds[form]))) return 'timestamp';
  if (statesOf(column, facts).length > 0) return 'list';
  if (textual && facts.expected.some(({ kind }) => kind === 'numeric')) return 'digits';
  if (content === 'text' || typeof plain === 'string') return 'text';
  if (content === 'boolean') return 'list';
  return content === 'integer' || content === 'real' || typeof plain === 'number' ? 'number' : 'other';
}

/** The values that a CHECK lists for a column, now or later, or that a statement compares it with. */
export function statesOf(column: Column, { demanded, expected, compared }: ColumnFacts): Constant[] {
  const listed = [...demanded, ...expected, ...compared].flatMap(valuesOf);
  const text = affinityOf(column.type) === 'text';
  return [...new Set(listed)].filter((value) => !text || typeof value === 'string');
}

/** Whether a text says what a column may be, so that another value than the plain one would be awkward by itself. */
export function isBound({ demanded, expected, compared }: ColumnFacts): boolean {
  return [...demanded, ...expected, ...compared].some(({ kind }) => kind !== 'json' && kind !== 'null-test');
}

function valuesOf(condition: Condition): readonly Constant[] {
  return condition.kind === 'one-of' || condition.kind === 'none-of' ? condition.values : [];
}

function isReadAsJson({ demanded, compared }: ColumnFacts): boolean {
  return [...demanded, ...compared].some(({ kind }) => kind === 'json');
}
