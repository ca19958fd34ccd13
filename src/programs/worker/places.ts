import { AsyncLocalStorage, createHook, executionAsyncId } from 'node:async_hooks';
import { sep } from 'node:path';
import { userPlaces } from '../../blame.ts';
import type { CodePlace } from '../../model/program.ts';
import { createTrails } from './trail.ts';

/** The folder of the migrations; what is called from there is told before what is called from elsewhere. */
let directory = '';

/** Frames that are looked at: tools put many between a migration and its statement. */
const depth = 60;

/** The origin of an asynchronous resource. Most are never asked for, so the stack is read on request. */
interface Origin {
  /** The stack in which it was made; null once it was read. */
  stack: Error | null;
  /** The line of the user's that it was made at; null where there is none, undefined until the stack is read. */
  place: CodePlace | null | undefined;
  /** The resource in which it was created. */
  readonly within: Origin | undefined;
}

/** The asynchronous resources of the step that is running, by their numbers. */
const origins = new Map<number, Origin>();

/** Stacks of earlier, for what tools do later than they are asked. */
const earlier = new AsyncLocalStorage<unknown>();

/** Places by a text that is executed later than it is given. */
const givenTexts = new Map<string, CodePlace>();

/**
 * A promise that a library makes for itself has no frame of the user's in its stack, and what makes it has: so each takes
 * over the place of what it is made in. https://nodejs.org/api/async_hooks.html
 */
const hook = createHook({
  init: (id) => {
    origins.set(id, { stack: captureStack(), place: undefined, within: origins.get(executionAsyncId()) });
  },
});

const trails = createTrails();

/** Says where the migrations are. */
export function watchFolder(folder: string): void {
  directory = folder.endsWith(sep) ? folder : folder + sep;
}

/** Follows what is begun while `work` runs, to its places. @param migration what runs, so that its places are found once. */
export async function followingPlaces<T>(migration: string, work: () => Promise<T>): Promise<T> {
  origins.clear();
  givenTexts.clear();
  if (trails.begin(migration)) hook.enable();
  let isComplete = false;
  try {
    const result = await work();
    isComplete = true;
    return result;
  } finally {
    hook.disable();
    trails.end(isComplete);
  }
}

/** The line of the user's code that gave a text, or is running: the topmost in the migrations, else the topmost there is. */
export function currentPlace(sql: string): CodePlace | null {
  return trails.place(sql, () => findPlace(sql));
}

function findPlace(sql: string): CodePlace | null {
  const given = givenTexts.get(sql);
  if (given !== undefined) return given;
  const own = placeInStack();
  if (own !== undefined && isInFolder(own)) return own;
  const from = placeIn(earlier.getStore());
  if (from !== undefined && isInFolder(from)) return from;
  const origin = placeOf(origins.get(executionAsyncId()));
  return (origin !== undefined && isInFolder(origin) ? origin : (own ?? origin ?? from)) ?? null;
}

/** Does work for which a stack of earlier stands. */
export function issuedFrom<T>(stack: unknown, work: () => T): T {
  return stack === undefined ? work() : earlier.run(stack, work);
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

/** The nearest place on the way on which a resource came about. */
function placeOf(origin: Origin | undefined): CodePlace | undefined {
  for (let each = origin; each !== undefined; each = each.within) {
    if (each.place === undefined) {
      each.place = placeIn(each.stack) ?? null;
      each.stack = null;
    }
    if (each.place !== null) return each.place;
  }
  return undefined;
}

/** Its text, which costs most, is made when somebody asks for it. */
function captureStack(): Error {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = depth;
  const error = new Error('place');
  Error.stackTraceLimit = stackTraceLimit;
  return error;
}

function placeInStack(): CodePlace | undefined {
  return placeIn(captureStack());
}

function placeIn(stack: unknown): CodePlace | undefined {
  const places = userPlaces(stack, directory);
  return places.find(isInFolder) ?? places[0];
}

function isInFolder({ file }: CodePlace): boolean {
  return file.startsWith(directory);
}
