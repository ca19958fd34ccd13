import { wordsOf } from '../blame.ts';
import type { SqlValue } from '../model/connection.ts';

/** The error of a registered function of the application while SQLite ran it. The message quotes the thrown value. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';

  constructor(functionName: string, cause: unknown) {
    super(`${functionName}() failed: ${wordsOf(cause)}`, { cause });
  }
}

type Body = (...values: SqlValue[]) => SqlValue;

/**
 * A function wrapped for registration: errors of the application, and values that no column can hold, are distinguished
 * from errors of ours and of SQLite.
 */
export function namingErrors(name: string, body: Body): Body {
  const call: Body = (...values) => {
    let result: unknown;
    try {
      result = body(...values);
    } catch (error) {
      throw new FunctionError(name, error);
    }
    if (isStorable(result)) return result ?? null;
    throw new FunctionError(name, new TypeError(`it gave ${kindOf(result)}`));
  };
  // How many parameters it has in SQL.
  return Object.defineProperty(call, 'length', { value: body.length });
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
