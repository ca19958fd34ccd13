/**
 * racer: migrates databases, one after the other, at the moments that its parent chooses. For a message that says where,
 * it reads the migrations, answers `ready`, and waits for the next message to migrate; then it tells how that ended.
 */
import { once } from 'node:events';
import { migrate } from '../../../src/database/migrator.ts';
import type { Connection } from '../../../src/model/connection.ts';
import { readHistory } from '../../../src/tools/history.ts';
import { buildSettings } from '../../build.ts';

/** The input of a racer. */
export interface Lane {
  readonly file: string;
  readonly directory: string;
  /** The journal mode that the application sets on its connections; null where it leaves it alone. */
  readonly mode: string | null;
}

/** The report of a racer. */
export interface Finish {
  /** The names of the migrations that it applied. */
  readonly applied: readonly string[];
  /** The error, or null. */
  readonly error: string | null;
}

function run({ file, mode }: Lane, history: ReturnType<typeof readHistory>): Finish {
  const connect = (db: Connection): void => {
    if (mode !== null) db.pragma(`journal_mode = ${mode}`);
    // Where a victim would be killed, racers go on.
    db.function('stop_here', {}, () => null);
  };
  try {
    const settings = buildSettings({ connect });
    const { applied, failed } = migrate(file, history, settings, { now: () => new Date().toISOString() });
    return { applied: applied.map(({ name }) => name), error: failed?.failure.message ?? null };
  } catch (error) {
    return { applied: [], error: String(error) };
  }
}

process.on('disconnect', () => process.exit());
for (;;) {
  const [lane]: Lane[] = await once(process, 'message');
  if (lane === undefined) throw new Error('no lane');
  const history = readHistory(lane.directory);
  const go = once(process, 'message');
  process.send?.('ready');
  await go;
  process.send?.(run(lane, history));
}
