/** The thread of the watchdog: looks at the board at every tick, and ends the process when a limit is reached. */
import { writeSync } from 'node:fs';
import process from 'node:process';
import { isatty } from 'node:tty';
import { workerData } from 'node:worker_threads';
import { complaint } from '../report/complaint.ts';
import { type BoardSlot, commonField, field, openBoard, readText, scopes, tick } from './board.ts';
import { describeLimit, describeMemory } from './reached.ts';

const { buffer, supervisor }: { buffer: SharedArrayBuffer; supervisor: number | null } = workerData;
const board = openBoard(buffer);

const standardError = 2;

/** Removes a progress line. */
const wipe = isatty(standardError) ? '\r\u001b[2K' : '';

/** The ticks between two checks for the supervisor. */
const pulse = 10;

let ticks = 0;

// Each tick counts as one, independent of its duration: a sleeping machine or a stopped process uses no time.
setInterval(() => {
  ticks += 1;
  if (supervisor !== null && ticks % pulse === 0) askSupervisor(supervisor);
  const changes = Atomics.load(board.common, commonField.changes);
  // Only a step's own time counts, not the waiting of the event loop for it.
  const isInStep = readText(board.slots.step) !== null;
  const over = scopes.filter((name) => !(name === 'turn' && isInStep) && isOver(board.slots[name]))[0];
  // Work that ends at this moment has kept its limit.
  const isCurrent = changes === Atomics.load(board.common, commonField.changes);
  if (over !== undefined && isCurrent) end(describeLimit(board, over));
  const allowed = Atomics.load(board.common, commonField.memory);
  if (allowed > 0 && residentSize() > allowed * 2 ** 20) end(describeMemory(board, allowed));
}, tick);

/** In bytes; 0 if the process has no free file descriptor for the question, which is temporary. */
function residentSize(): number {
  try {
    return process.memoryUsage.rss();
  } catch {
    return 0;
  }
}

/** Counts the tick in a slot. */
function isOver({ numbers }: BoardSlot): boolean {
  const taken = Atomics.add(numbers, field.ticks, 1) + 1;
  const limit = Atomics.load(numbers, field.limit);
  return limit > 0 && taken >= limit;
}

function end({ message, remedy }: { message: string; remedy: string }): void {
  const told = `${JSON.stringify({ kind: 'refused', message, remedy })}\n`;
  try {
    writeSync(supervisor ?? standardError, supervisor === null ? `${wipe}${complaint(message, remedy)}` : told);
  } finally {
    process.kill(process.pid, 'SIGKILL');
  }
}

/**
 * A blank line has no content, but writing it fails if the supervisor was killed; nothing else would end this process
 * then.
 */
function askSupervisor(channel: number): void {
  try {
    writeSync(channel, '\n');
  } catch {
    process.kill(process.pid, 'SIGKILL');
  }
}
