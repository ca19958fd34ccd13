/** `contestant.ts NAME`, started by `seeding.ts`: says how it stands, then plays a round whenever it is told to. */
import { addUsers, bytesAnOrder, openContest } from './contest.ts';
import { contestants } from './contestants.ts';
import { time } from './measure.ts';

/** The first message of a contestant: the reason why it cannot take part, or null. */
export interface Standing {
  readonly reason: string | null;
}

/** The result of a round, for an order. */
export interface Round {
  readonly microseconds: number;
  readonly bytes: number;
}

const contestant = await contestants[process.argv[2] ?? '']?.();
if (contestant === undefined) throw new Error(`no contestant called ${process.argv[2]}`);
const tell = (message: Standing | Round): void => {
  process.send?.(message);
};
if ('reason' in contestant) tell({ reason: contestant.reason });
else {
  const { makesUsers, count, fill } = contestant;
  process.on('message', async () => {
    const db = openContest();
    if (!makesUsers) addUsers(db);
    const spent = await time(() => fill(db));
    const bytes = bytesAnOrder(db, count);
    db.close();
    tell({ microseconds: (spent * 1_000) / count, bytes });
  });
  tell({ reason: null });
}
