import { sqliteError } from '../database/connection.ts';
import { HarnessError } from '../errors.ts';
import { isConstant, withoutWords } from '../sql/messages.ts';

/**
 * Runs a job on production rows. What it throws quotes nothing of them: whatever SQLite, the driver or the user's code
 * said is left out, in a HarnessError that quotes it, in its cause, and in a bug of ours, which keeps its frames.
 * @param includeValues whether the user asked for values.
 */
export async function sealed<T>(includeValues: boolean, job: () => Promise<T>): Promise<T> {
  try {
    return await job();
  } catch (error) {
    throw includeValues ? error : seal(error);
  }
}

function seal(error: unknown): unknown {
  if (!(error instanceof HarnessError)) return withoutMessage(error);
  const quoted = error.vetted ? [] : causesOf(error).filter((cause) => !isHarmless(cause));
  const clean = (text: string): string =>
    quoted.reduce<string>((rest, cause) => rest.replaceAll(messageOf(cause), stand(cause)), text);
  const facts = Object.entries(error.facts).map(([key, fact]) => [key, typeof fact === 'string' ? clean(fact) : fact]);
  const sealedError = new HarnessError(error.code, clean(error.message), {
    ...(error.remedy !== null && { remedy: clean(error.remedy) }),
    facts: Object.fromEntries(facts),
    ...(error.cause !== undefined && { cause: withoutMessage(error.cause) }),
    vetted: true,
  });
  return Object.assign(sealedError, { stack: `${sealedError.name}: ${sealedError.message}${framesOf(error)}` });
}

/** What an error was caused by, the nearest first. */
function causesOf(error: Error): unknown[] {
  return error.cause === undefined ? [] : [error.cause, ...(error.cause instanceof Error ? causesOf(error.cause) : [])];
}

/** The same error with nothing but its kind, its code and its frames. */
function withoutMessage(error: unknown): unknown {
  if (isHarmless(error)) return error;
  const bare = new Error(
    stand(error),
    error instanceof Error && error.cause !== undefined ? { cause: withoutMessage(error.cause) } : {},
  );
  const name = kindOf(error);
  return Object.assign(bare, {
    name,
    stack: `${name}: ${bare.message}${error instanceof Error ? framesOf(error) : ''}`,
  });
}

/** SQLite's own words, and what the file system says of a path, which are no values of rows. */
function isHarmless(error: unknown): boolean {
  const said = sqliteError(error);
  if (said !== null) return isConstant(said);
  if (messageOf(error) === '') return true;
  return error instanceof Error && error.cause === undefined && ('syscall' in error || error instanceof HarnessError);
}

/** What stands for what an error said. */
function stand(error: unknown): string {
  return withoutWords({ code: sqliteError(error)?.code ?? kindOf(error) });
}

/** The name of an error where it is one that everybody knows; whoever throws may name others as they like. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return knownKinds.has(error.name) ? error.name : 'Error';
}

const knownKinds: ReadonlySet<string> = new Set([
  ...['Error', 'TypeError', 'RangeError', 'SyntaxError', 'ReferenceError', 'AggregateError'],
  ...['SqliteError', 'FunctionError', 'HarnessError'],
]);

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The frames below the message, which may look like frames itself. */
function framesOf({ stack = '', message }: Error): string {
  const start = stack.indexOf(message);
  return start < 0 ? '' : stack.slice(start + message.length).replace(/^(?!\n {4}at ).*/s, '');
}
