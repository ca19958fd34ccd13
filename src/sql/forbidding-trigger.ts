import { type ColumnCondition, type ComparisonOperator, type Condition, readConditions } from './conditions.ts';
import { readParts } from './parts.ts';

/**
 * Reads what rows hold that a trigger lets through: of each test of NEW before RAISE (ABORT, FAIL or ROLLBACK) the opposite.
 * Of tests that AND joins the opposite of the first is enough.
 * https://sqlite.org/lang_createtrigger.html#raise
 */
export function readAllowed(createTrigger: string): ColumnCondition[] {
  const parts = readParts(createTrigger);
  const raises = parts.some(
    ({ key }, i) => key === 'RAISE' && /^(?:ABORT|FAIL|ROLLBACK)$/.test(parts[i + 2]?.key ?? ''),
  );
  // A value that a trigger looks up, or reads from OLD, is not in the new row.
  if (!raises || /\bEXISTS\b|\bOLD\s*\./i.test(createTrigger)) return [];
  const tested = new Set(parts.flatMap(({ key }, i) => (key === 'NEW' ? (parts[i + 2]?.name ?? []) : [])));
  const opposites = readConditions(createTrigger).flatMap(({ column, condition }): ColumnCondition[] => {
    const other = tested.has(column) ? opposite(condition) : null;
    return other === null ? [] : [{ column, condition: other }];
  });
  const isJoined = parts.some(({ key }) => key === 'AND') && !parts.some(({ key }) => key === 'OR');
  return isJoined ? opposites.slice(0, 1) : opposites;
}

function opposite(condition: Condition): Condition | null {
  switch (condition.kind) {
    case 'one-of':
      return { kind: 'none-of', values: condition.values };
    case 'none-of':
      return { kind: 'one-of', values: condition.values };
    case 'pattern':
      return { ...condition, negated: !condition.negated };
    case 'number':
    case 'length': {
      const comparison = opposites[condition.comparison];
      return comparison === null ? null : { ...condition, comparison };
    }
    default:
      return null;
  }
}

const opposites: Readonly<Record<ComparisonOperator, ComparisonOperator | null>> = {
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
  '=': null,
};
