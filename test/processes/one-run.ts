/** `one-run.ts NAME`: makes a run of `several-runs.ts` and prints what it comes to. */
import { resultOf, runs } from '../several-runs.ts';

const run = runs.find(({ name }) => name === process.argv[2]);
if (run === undefined) throw new Error(`no run called ${process.argv[2]}`);
process.stdout.write(await resultOf(run));
