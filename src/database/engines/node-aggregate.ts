import type { Aggregate } from '../engine.ts';

/** The total of one group of rows, and what a step has thrown. */
interface Total {
  value: unknown;
  thrown: { readonly error: unknown } | null;
}

/** An aggregate whose totals are of the type above, which both steps hand on. */
export interface NodeAggregate {
  readonly start: () => Total;
  readonly step: (total: Total, ...values: readonly unknown[]) => Total;
  readonly inverse?: (total: Total, ...values: readonly unknown[]) => Total;
  readonly result: (total: Total) => unknown;
}

/**
 * An aggregate in the form of node:sqlite, which takes a step that throws for a group without a result: the error is thrown at
 * the end of the group instead.
 * @param read makes an argument of what the driver gives.
 */
export function toNodeAggregate(
  { start, step, inverse, result }: Aggregate,
  read: (value: unknown) => unknown,
): NodeAggregate {
  const wrap = (of: Aggregate['step']): NodeAggregate['step'] =>
    Object.defineProperty(
      (total: Total, ...values: readonly unknown[]) => {
        if (total.thrown !== null) return total;
        try {
          total.value = of(total.value, ...values.map(read));
        } catch (error) {
          total.thrown = { error };
        }
        return total;
      },
      // The number of its parameters in SQL.
      'length',
      { value: of.length },
    );
  return {
    start: () => ({ value: start(), thrown: null }),
    step: wrap(step),
    ...(inverse !== undefined && { inverse: wrap(inverse) }),
    result: ({ value, thrown }) => {
      if (thrown !== null) throw thrown.error;
      return result(value);
    },
  };
}
