import { createHook, executionAsyncId } from 'node:async_hooks';
import { sep } from 'node:path';
import { userPlaces } from '../../blame.ts';
import type { CodePlace } from '../../model/program.ts';

/** The folder of the migrations; what is called from there is told before what is called from elsewhere. */
let directory = '';

/** Frames that are looked at: tools put many between a migration and its statement. */
const depth = 60;

/** Where in the user's code each asynchronous resource was made, be it by way of others. */
const origins = new Map<number, CodePlace>();

/** Places by a text that is executed later than it is given. */
const givenTexts = new Map<string, CodePlace>();

/**
 * A promise that a library makes for itself has no frame of the user's in its stack, and what makes it has: so each takes
 * over the place of what it is made in. https://nodejs.org/api/async_hooks.html
 */
const hook = createHook({
  init: (id) => {
    const place = placeInStack() ?? origins.get(executionAsyncId());
    if (place !== undefined) origins.set(id, place);
  },
  destroy: (id) => origins.delete(id),
});

/** Says where the migrations are. */
export function watchFolder(folder: string): void {
  directory = folder.endsWith(sep) ? folder : folder + sep;
}

/** Follows what is begun while `work` runs, to its places. */
export async function followingPlaces<T>(work: () => Promise<T>): Promise<T> {
  origins.clear();
  givenTexts.clear();
  hook.enable();
  try {
    return await work();
  } finally {
    hook.disable();
  }
}

/** The line of the user's code that gave a text, or is running: the topmost in the migrations, else the topmost there is. */
export function currentPlace(sql: string): CodePlace | null {
  const given = givenTexts.get(sql);
  if (given !== undefined) return given;
  const own = placeInStack();
  if (own !== undefined && isInFolder(own)) return own;
  const origin = origins.get(executionAsyncId());
  return (origin !== undefined && isInFolder(origin) ? origin : (own ?? origin)) ?? null;
}

/** Notes where a text was given that a tool executes later. */
export function noteText(sql: string): void {
  const place = placeInStack();
  if (place !== undefined) givenTexts.set(sql, place);
}

/** The line of the user's that an error comes from, or one that it was caused by: tools wrap what migrations throw. */
export function placeOfError(error: unknown): CodePlace | null {
  const places: CodePlace[] = [];
  let cause = error;
  for (let depthOfCause = 0; cause instanceof Error && depthOfCause < 8; depthOfCause++) {
    places.push(...userPlaces(cause, directory));
    cause = cause.cause;
  }
  return places.find(isInFolder) ?? places[0] ?? null;
}

function placeInStack(): CodePlace | undefined {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = depth;
  const places = userPlaces(new Error('place'), directory);
  Error.stackTraceLimit = stackTraceLimit;
  return places.find(isInFolder) ?? places[0];
}

function isInFolder({ file }: CodePlace): boolean {
  return file.startsWith(directory);
}
