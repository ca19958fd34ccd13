import { sqliteError } from '../database/connection.ts';
import { HarnessError } from '../errors.ts';
import { isConstant, withoutWords } from '../sql/messages.ts';

/**
 * Runs a job on production rows. Its errors quote none of them: messages of SQLite, the driver or the user's code are
 * removed from a HarnessError, from its cause, and from a bug of ours, which keeps its frames.
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

/** The limit on nested causes: an error may be its own cause. */
const causeLimit = 8;

/** The causes of an error, the nearest first. */
function causesOf(error: unknown, depth = causeLimit): unknown[] {
  if (!(error instanceof Error) || error.cause === undefined || depth === 0) return [];
  return [error.cause, ...causesOf(error.cause, depth - 1)];
}

/** The same error with only its kind, its code, its frames and a message without values. */
function withoutMessage(error: unknown, depth = causeLimit): Error {
  const cause = error instanceof Error && depth > 0 ? error.cause : undefined;
  const message = isHarmless(error) ? messageOf(error) : stand(error);
  const bare = new Error(message, cause === undefined ? undefined : { cause: withoutMessage(cause, depth - 1) });
  const name = kindOf(error);
  const code = codeOf(error);
  const stack = `${name}: ${message}${error instanceof Error ? framesOf(error) : ''}`;
  return Object.assign(bare, { name, stack, ...(code !== null && { code }) });
}

/** The code of SQLite, or of the file system. */
function codeOf(error: unknown): string | null {
  const said = sqliteError(error);
  if (said !== null) return said.code;
  const code = error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : '';
  return /^E[A-Z0-9]+$/.test(code) ? code : null;
}

/** The words of SQLite and the driver, and the file system's errors about paths, which are not values of rows. */
function isHarmless(error: unknown): boolean {
  const message = messageOf(error);
  if (message === '' || isConstant({ code: sqliteError(error)?.code ?? '', message })) return true;
  return codeOf(error) !== null && sqliteError(error) === null;
}

/** The replacement for the message of an error. */
function stand(error: unknown): string {
  return withoutWords({ code: sqliteError(error)?.code ?? kindOf(error) });
}

/** The name of an error if it is a standard one; any code may choose other names. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return knownKinds.has(error.name) ? error.name : 'Error';
}

const knownKinds: ReadonlySet<string> = new Set([
  ...['Error', 'TypeError', 'RangeError', 'SyntaxError', 'ReferenceError', 'AggregateError'],
  ...['SqliteError', 'FunctionError', 'HarnessError'],
]);

function messageOf(error: unknown): string {
  const message: unknown = error instanceof Error ? error.message : error;
  try {
    return String(message);
  } catch {
    // An object without a text.
    return '';
  }
}

/** The frames below the message, which may look like frames itself. */
function framesOf(error: Error): string {
  const stack: unknown = error.stack;
  const message = messageOf(error);
  const start = typeof stack === 'string' ? stack.indexOf(message) : -1;
  return typeof stack !== 'string' || start < 0
    ? ''
    : stack.slice(start + message.length).replace(/^(?!\n {4}at ).*/s, '');
}
