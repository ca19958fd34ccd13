/** A process that runs inputs of kinds, one after the other, until its parent lets it go. */
import { existsSync, readdirSync } from 'node:fs';
import process from 'node:process';
import { attempt } from './attempt.ts';
import { inProcess } from './in-process.ts';
import { inputOf } from './kinds.ts';
import { outlasting } from './outlasting.ts';
import { kindOf, smallest } from './smallest.ts';

/** Where an input stands. */
export interface Place {
  readonly seed: number;
  readonly kind: string;
  readonly index: number;
}

/** A request of the parent: an input, and the violations of which it has a small one. */
export interface Question extends Place {
  readonly known: readonly string[];
}

const [home = ''] = process.argv.slice(2);

process.on('message', (question: Question) => {
  const input = inputOf(question);
  attempt(input, home, inProcess)
    .then((done) => ({ ...done, lasting: outlasting() }))
    .then(async ({ lasting, ...done }) => ({
      ...done,
      violations: [...done.violations, ...lasting],
      worn: lasting.length > 0,
      descriptors: openDescriptors(),
      smallest:
        done.violations.length === 0 || question.known.includes(kindOf(done.violations[0]))
          ? null
          : await smallest(input, done, home, inProcess),
    }))
    .then((answer) => process.send?.(answer))
    .catch((error: unknown) => {
      process.send?.({
        exit: null,
        violations: [`the suite itself: ${error instanceof Error ? error.stack : String(error)}`],
        smallest: null,
      });
    });
});

/** The number of files and pipes that this process holds open, where the system reports it. */
function openDescriptors(): number {
  const list = '/proc/self/fd';
  return existsSync(list) ? readdirSync(list).length : 0;
}

process.send?.('ready');
