import { describePlace, userPlace, wordsOf } from '../blame.ts';
import { HarnessError } from '../errors.ts';
import type { Settings } from '../model/settings.ts';
import { asStatement } from '../watch/activity.ts';
import type { Database } from './engine.ts';
import { guardedConnection } from './guard/guarded-connection.ts';

/**
 * Calls `connect` of the config to register the application's functions. Its errors belong to the config, except for
 * errors about the file (`passes`). On a file the words of other errors are not shown: they may hold values.
 * @param passes whether an error is to be thrown unchanged.
 * @throws HarnessError `bad-config` with the line of the config
 */
export function connectAsConfigured(db: Database, { connect }: Settings, passes: (error: unknown) => boolean): void {
  if (connect === undefined) return;
  let result: unknown;
  try {
    result = asStatement('connect(db) of the config', 0, () => connect(guardedConnection(db)));
  } catch (cause) {
    throw cause instanceof HarnessError || passes(cause) ? cause : threw(db, cause);
  }
  if (db.inTransaction) {
    throw new HarnessError('bad-config', 'connect(db) of the config begins a transaction and does not end it.', {
      remedy: 'End the transaction in `connect`: every migration begins its own.',
    });
  }
  if (!(result instanceof Promise)) return;
  // The promise is not awaited, and an unhandled rejection would end the process.
  result.catch(() => {});
  throw new HarnessError('bad-config', 'connect(db) of the config is asynchronous, but it must be synchronous.', {
    remedy: 'Remove `async`, and await at the top level of the config instead.',
  });
}

function threw({ memory }: Database, cause: unknown): HarnessError {
  const place = userPlace(cause);
  const where = place === null ? '' : ` at ${describePlace(place)}`;
  return new HarnessError(
    'bad-config',
    `connect(db) of the config threw${where}${memory ? `: ${wordsOf(cause)}` : ''}.`,
    {
      remedy: memory
        ? 'Correct it: it is called for each database, before anything is run there.'
        : 'Its message is hidden because it may hold values of rows. Run `rowproof check` to see it.',
      facts: place === null ? {} : { file: place.file, line: place.line },
      cause,
    },
  );
}
