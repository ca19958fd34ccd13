// This room notes what is being done, and ends it from another thread where a limit is reached.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Limits } from '../model/limits.ts';
import { commonField, field, openBoard, readText, type ScopeName, tick } from './board.ts';
import { startWatchdog } from './watchdog.ts';

/** A stretch of work that has a limit. */
interface Scope {
  readonly text: string;
  /** 0 without a line. */
  readonly line: number;
  /** In ticks; 0 without a limit. */
  readonly limit: number;
  /** Its time so far, noted when another scope replaced it on the board. */
  ticks: number;
}

/** A run with its limits, and the datasets that it has begun, whose times add up. */
interface Run {
  readonly limits: Limits;
  readonly datasets: Map<string, Scope>;
}

const runs = new AsyncLocalStorage<Run>();
const board = openBoard();
const encoder = new TextEncoder();

/** The open scopes, the innermost last. It alone is on the board, and its time alone is counted. */
const open: Readonly<Record<ScopeName, Scope[]>> = {
  ...{ statement: [], step: [], dataset: [], turn: [] },
};

/** The texts on the board; without them the same file would be written for each of its statements. */
const none = { text: '', length: 0 };
const written: Record<ScopeName, { readonly text: string; readonly length: number }> = {
  ...{ statement: none, step: none, dataset: none, turn: none },
};

/** The limits of memory of the runs; the smallest counts. */
const memoryLimits: number[] = [];

/**
 * Runs `work` under limits of time and memory. A second thread watches the notes of `work` here, because SQLite and
 * user code run synchronously and this thread could not stop them. At a limit, the thread names the limit and the
 * place, and kills the process.
 */
export async function watched<T>(limits: Limits, work: () => Promise<T>): Promise<T> {
  startWatchdog(board.buffer);
  limitMemory(limits.memory);
  const endTurns = limitTurns(limits.step);
  try {
    const result = await runs.run({ limits, datasets: new Map() }, work);
    // Delayed errors of user code appear in the next turn, before the result counts as a verdict.
    await new Promise(setImmediate);
    return result;
  } finally {
    endTurns();
    freeMemory(limits.memory);
  }
}

/**
 * Limits the turns of the event loop, in which leftovers of user code may run: an endless timer would stop everything
 * between two steps.
 * @returns a function that ends the limit.
 */
export function limitTurns(milliseconds: number | null): () => void {
  const scope = { text: 'turn', line: 0, limit: toTicks(milliseconds), ticks: 0 };
  enter('turn', scope);
  const pulse = setInterval(() => Atomics.store(board.slots.turn.numbers, field.ticks, 0), tick);
  pulse.unref();
  return () => {
    clearInterval(pulse);
    leave('turn', scope);
  };
}

/** Runs one statement of the user's, or one function of the config. @param line 0 without a line. */
export function asStatement<T>(text: string, line: number, work: () => T): T {
  const run = runs.getStore();
  if (run === undefined) return work();
  return within('statement', { text, line, limit: toTicks(run.limits.statement), ticks: 0 }, work);
}

/** Runs one step. @param text its name at the start of a sentence. */
export function asStep<T>(text: string, work: () => T): T {
  const run = runs.getStore();
  if (run === undefined) return work();
  return within('step', { text, line: 0, limit: toTicks(run.limits.step), ticks: 0 }, work);
}

/** Loads a module of the user. */
export async function asLoading<T>(text: string, work: () => Promise<T>): Promise<T> {
  const run = runs.getStore();
  if (run === undefined) return work();
  const scope = { text, line: 0, limit: toTicks(run.limits.loading), ticks: 0 };
  enter('step', scope);
  try {
    return await work();
  } finally {
    leave('step', scope);
  }
}

/** Runs the work of a dataset; all its work in one run counts together. */
export function onDataset<T>(name: string, work: () => T): T {
  const run = runs.getStore();
  if (run === undefined) return work();
  const known = run.datasets.get(name) ?? { text: name, line: 0, limit: toTicks(run.limits.dataset), ticks: 0 };
  run.datasets.set(name, known);
  return within('dataset', known, work);
}

/** The current activity in a few words, or null. */
export function doing(): string | null {
  const { statement, step } = board.slots;
  return readText(statement) ?? readText(step);
}

function within<T>(name: ScopeName, scope: Scope, work: () => T): T {
  const outer = open[name].at(-1);
  enter(name, scope);
  try {
    return work();
  } finally {
    // It was part of the outer one.
    if (outer !== undefined && outer !== scope) outer.ticks += Atomics.load(board.slots[name].numbers, field.ticks);
    leave(name, scope);
  }
}

function enter(name: ScopeName, scope: Scope): void {
  const others = open[name];
  noteTicks(name);
  others.push(scope);
  show(name, scope);
}

/** Scopes of runs side by side end in any order. */
function leave(name: ScopeName, scope: Scope): void {
  const others = open[name];
  noteTicks(name);
  others.splice(others.lastIndexOf(scope), 1);
  show(name, others.at(-1));
}

/** Takes the time of the innermost scope from the board. */
function noteTicks(name: ScopeName): void {
  const top = open[name].at(-1);
  if (top !== undefined) top.ticks = Atomics.load(board.slots[name].numbers, field.ticks);
}

function show(name: ScopeName, scope: Scope | undefined): void {
  const { numbers, text } = board.slots[name];
  Atomics.add(board.common, commonField.changes, 1);
  if (scope !== undefined && written[name].text !== scope.text) {
    written[name] = { text: scope.text, length: encoder.encodeInto(scope.text, text).written };
  }
  numbers[field.length] = scope === undefined ? 0 : written[name].length;
  numbers[field.line] = scope?.line ?? 0;
  numbers[field.limit] = scope?.limit ?? 0;
  Atomics.store(numbers, field.ticks, scope?.ticks ?? 0);
}

/** At least two, as the first may come at once. A number on the board has 32 bits, which is three years. */
function toTicks(milliseconds: number | null): number {
  return milliseconds === null ? 0 : Math.min(Math.max(2, Math.ceil(milliseconds / tick)), 2 ** 31 - 1);
}

function limitMemory(bytes: number | null): void {
  if (bytes !== null) memoryLimits.push(bytes);
  showMemory();
}

function freeMemory(bytes: number | null): void {
  if (bytes !== null) memoryLimits.splice(memoryLimits.indexOf(bytes), 1);
  showMemory();
}

function showMemory(): void {
  const least = memoryLimits.length === 0 ? 0 : Math.max(1, Math.floor(Math.min(...memoryLimits) / 2 ** 20));
  Atomics.store(board.common, commonField.memory, Math.min(least, 2 ** 31 - 1));
}

/** Milliseconds that one statement or one call of user code may take; null where there is no limit. */
export function statementLimit(): number | null {
  return runs.getStore()?.limits.statement ?? null;
}
