import { wordsOf } from '../blame.ts';
import type { AggregateOptions, FunctionBody, FunctionOptions, SqlValue } from '../model/connection.ts';
import type { Aggregate, Registration } from './engine.ts';

/** The error of a registered function of the application while SQLite ran it. The message quotes the thrown value. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';

  constructor(functionName: string, cause: unknown) {
    super(`${functionName}() failed: ${wordsOf(cause)}`, { cause });
  }
}

/**
 * A function wrapped for registration: errors of the application, and values that no column can hold, are distinguished
 * from errors of ours and of SQLite.
 */
export function namingErrors(name: string, body: FunctionBody): FunctionBody {
  const call: FunctionBody = (...values) =>
    stored(
      name,
      attempt(name, () => body(...values)),
    );
  // The number of its parameters in SQL.
  return Object.defineProperty(call, 'length', { value: body.length });
}

/** An aggregate wrapped for registration, likewise; a step that returns nothing leaves the total, as in better-sqlite3. */
export function namingAggregateErrors(name: string, given: AggregateOptions): Aggregate {
  const { start, inverse, result } = given;
  const next = (step: AggregateOptions['step']): Aggregate['step'] =>
    Object.defineProperty(
      (total: unknown, ...values: readonly unknown[]): unknown => {
        const made = attempt(name, () => Reflect.apply(step, given, [total, ...values]));
        return made === undefined ? total : made;
      },
      'length',
      { value: step.length },
    );
  return {
    ...registrationOf(given),
    start: () => attempt(name, () => (typeof start === 'function' ? start() : start)) ?? null,
    step: next(given.step),
    ...(inverse !== undefined && { inverse: next(inverse) }),
    result: (total) =>
      stored(
        name,
        attempt(name, () => (result === undefined ? total : Reflect.apply(result, given, [total]))),
      ),
  };
}

/** The options in our words. node:sqlite has its own word for integers as bigints. */
export function registrationOf(options: FunctionOptions): Registration {
  const { deterministic = false, directOnly = false, varargs = false } = options;
  const safeIntegers = options.safeIntegers === true || options.useBigIntArguments === true;
  return { deterministic, directOnly, varargs, safeIntegers };
}

function attempt(name: string, work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    throw new FunctionError(name, error);
  }
}

function stored(name: string, result: unknown): SqlValue {
  if (isStorable(result)) return result ?? null;
  throw new FunctionError(name, new TypeError(`it gave ${kindOf(result)}`));
}

function isStorable(value: unknown): value is SqlValue | undefined {
  if (value === undefined || value === null || value instanceof Uint8Array) return true;
  if (typeof value === 'bigint') return BigInt.asIntN(64, value) === value;
  return typeof value === 'number' || typeof value === 'string';
}

function kindOf(value: unknown): string {
  if (value instanceof Promise) {
    // The promise is not awaited, and an unhandled rejection would end the process.
    value.catch(() => {});
    return 'a promise, and SQLite does not wait for one';
  }
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
