import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Round, Standing } from './contestant.ts';
import { contestants } from './contestants.ts';
import { interleaved, type Measurement, median, medianRatio, printRatio } from './measure.ts';

const rounds = 15;

/** Rows in memory, in one transaction, values included: microseconds for an order. */
export async function run(): Promise<void> {
  const children = new Map<string, ChildProcess>();
  try {
    const entered = new Map<string, Measurement>();
    const bytes = new Map<string, number>();
    for (const name of Object.keys(contestants)) {
      // In one process they would share a heap and a compiler: ours took 1.8 of the limit after the others, 1.4 alone.
      const child = fork(join(import.meta.dirname, 'contestant.ts'), [name]);
      children.set(name, child);
      const answer = listener(child);
      const { reason } = await answer<Standing>();
      if (reason !== null) console.log(`not installed: ${name}: ${reason}`);
      else {
        entered.set(name, async () => {
          child.send('round');
          const round = await answer<Round>();
          bytes.set(name, round.bytes);
          return round.microseconds;
        });
      }
    }
    report(await interleaved(rounds, entered), bytes);
  } finally {
    for (const child of children.values()) child.kill();
  }
}

/** Makes what waits for the next thing that a contestant says; `contestant.ts` says what that is. */
function listener(child: ChildProcess): <Answer extends Standing | Round>() => Promise<Answer> {
  const ended = new AbortController();
  child.once('exit', () => ended.abort());
  return async <Answer>() => {
    const [message]: Answer[] = await once(child, 'message', { signal: ended.signal });
    if (message === undefined) throw new Error('a contestant said nothing');
    return message;
  };
}

function report(results: ReadonlyMap<string, readonly number[]>, bytes: ReadonlyMap<string, number>): void {
  const of = (name: string): readonly number[] => results.get(name) ?? [];
  for (const name of results.keys()) {
    if (name === 'limit') continue;
    printRatio(`${name} to the limit`, medianRatio(of(name), of('limit')), name === 'ours' ? { atMost: 1.67 } : null);
  }
  if (results.has('drizzle-seed')) {
    printRatio('drizzle-seed to ours', medianRatio(of('drizzle-seed'), of('ours')), { atLeast: 5 });
  }
  console.log(`\nlimit: rows generated inside SQL; medians of ${rounds} rounds`);
  for (const [name, spent] of results) {
    const microseconds = median(spent).toFixed(2).padStart(8);
    const rate = Math.round(1_000_000 / median(spent)).toLocaleString('en');
    const size = (bytes.get(name) ?? Number.NaN).toFixed(0);
    console.log(
      `${name.padEnd(24)} ${microseconds} µs a row ${rate.padStart(10)} rows/s ${size.padStart(5)} bytes a row`,
    );
  }
}
