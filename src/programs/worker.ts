/** The thread in which programs of the user's run. It has no database: it asks the main thread, and waits for the answer. */
import { join } from 'node:path';
import process from 'node:process';
import { parentPort, workerData } from 'node:worker_threads';
import { wordsOf } from '../blame.ts';
import type { ProgramEnd } from '../model/program.ts';
import { runs } from '../tools/runs.ts';
import type { Workbench } from '../tools/workshop.ts';
import { openPost } from './post.ts';
import type { LoadedPrograms, ProgramFolder, ProgramMessage, ProgramStart, ToWorker, WorkerOrder } from './protocol.ts';
import { drawAgain } from './worker/chance.ts';
import { openClient } from './worker/connection.ts';
import { replaceDrivers } from './worker/drivers.ts';
import { createImporter } from './worker/import.ts';
import { createOpening } from './worker/opening.ts';
import { captureOutput, takeOutput } from './worker/output.ts';
import { refuseOutside } from './worker/outside.ts';
import { followingPlaces, issuedFrom, noteText, placeOfError, watchFolder } from './worker/places.ts';
import { standIn } from './worker/root.ts';

// The main thread is ours, and so is what it starts this thread with.
const { port, signals } = workerData as ProgramStart;
const post = openPost<ToWorker, ProgramMessage>(port, signals, 'worker', (message) => message as ToWorker);
const client = openClient(post);
const opening = createOpening();

captureOutput();
replaceDrivers(client, opening.open);
refuseOutside();

let bench: Workbench | null = null;
let isBusy = false;

/** Reports to the main thread how an order ended; later events do not belong to the order. */
function tell(end: ProgramEnd | { readonly loaded: LoadedPrograms }): void {
  if (!isBusy) return;
  isBusy = false;
  client.end();
  const output = takeOutput();
  post.send('loaded' in end ? { kind: 'loaded', loaded: end.loaded, output } : { kind: 'ended', end, output });
}

process.on('uncaughtException', (error) => tell(failed('uncaught', error)));
process.on('exit', (code) =>
  tell({ ...failed('exited', new Error('exit')), message: `process.exit(${code}) was called` }),
);

parentPort?.on('message', (order: WorkerOrder) => {
  isBusy = true;
  const work = order.kind === 'load' ? load(order.folder) : step(order.ids);
  work.then(tell, (error: unknown) => tell(failed('threw', error)));
});

post.send({ kind: 'ready' });

async function load(folder: ProgramFolder): Promise<{ loaded: LoadedPrograms }> {
  watchFolder(folder.directory);
  const run = runs[folder.tool];
  if (run === undefined) throw new Error(`programs of ${folder.tool} are not run`);
  const modules = createImporter(join(folder.directory, 'migration.js'));
  standIn(folder.directory);
  const importFile = (path: string): Promise<object> => client.loading(() => modules.importFile(path));
  bench = await run({
    ...folder,
    ...modules,
    importFile,
    openDatabase: opening.database(client),
    noteText,
    issuedFrom,
  });
  const { toolTables, together } = bench;
  await settled();
  opening.loaded();
  return { loaded: { toolTables, replaced: opening.replaced(), runsTogether: together !== undefined } };
}

async function step(ids: readonly string[]): Promise<ProgramEnd> {
  const own = bench;
  if (own === null) throw new Error('nothing is loaded');
  drawAgain();
  client.begin();
  await followingPlaces(ids.join('\n'), async () => {
    const [id] = ids;
    if (own.together !== undefined && ids.length > 1) await own.together(ids);
    else if (id !== undefined) await own.step(id);
    client.settle();
    // Work that a migration has begun and not awaited ends now, and not during the next step.
    await settled();
  });
  return { kind: 'done' };
}

/** Some turns of the event loop, in which errors that nobody caught come up. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
}

function failed(kind: 'threw' | 'exited' | 'uncaught', error: unknown): Exclude<ProgramEnd, { kind: 'done' }> {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 100;
  const thrown = kind === 'exited' ? new Error('exit') : error;
  Error.stackTraceLimit = stackTraceLimit;
  return {
    kind,
    message: wordsOf(error),
    place: placeOfError(thrown),
    source: null,
    isOfStatement: client.isCauseOf(error),
  };
}
