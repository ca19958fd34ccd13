/** The thread of the watchdog: looks at the board at every tick, and ends the process when a limit is reached. */
import { writeSync } from 'node:fs';
import process from 'node:process';
import { isatty } from 'node:tty';
import { workerData } from 'node:worker_threads';
import { complaint } from '../report/complaint.ts';
import { commonField, field, openBoard, readText, type Slot, scopes, tick } from './board.ts';
import { describeLimit, describeMemory } from './reached.ts';

const { buffer, supervisor }: { buffer: SharedArrayBuffer; supervisor: number | null } = workerData;
const board = openBoard(buffer);

const standardError = 2;

/** Takes away a line of progress. */
const wipe = isatty(standardError) ? '\r\u001b[2K' : '';

/** Ticks between two questions whether the supervisor is there. */
const pulse = 10;

let ticks = 0;

// Each counts as one, however long it took to come: a machine that sleeps or a process that is stopped takes no time.
setInterval(() => {
  ticks += 1;
  if (supervisor !== null && ticks % pulse === 0) askSupervisor(supervisor);
  const changes = Atomics.load(board.common, commonField.changes);
  // Of a step its own time counts, not that the event loop waits for it meanwhile.
  const isInStep = readText(board.slots.step) !== null;
  const over = scopes.filter((name) => !(name === 'turn' && isInStep) && isOver(board.slots[name]))[0];
  // What ends at this moment has kept its limit.
  const isCurrent = changes === Atomics.load(board.common, commonField.changes);
  if (over !== undefined && isCurrent) end(describeLimit(board, over));
  const allowed = Atomics.load(board.common, commonField.memory);
  if (allowed > 0 && residentSize() > allowed * 2 ** 20) end(describeMemory(board, allowed));
}, tick);

/** In bytes; 0 where the process has no file left to ask by, which passes. */
function residentSize(): number {
  try {
    return process.memoryUsage.rss();
  } catch {
    return 0;
  }
}

/** Counts the tick in a slot. */
function isOver({ numbers }: Slot): boolean {
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

/** A blank line tells nothing, but it cannot be written to a supervisor that was killed; nobody would end this process then. */
function askSupervisor(channel: number): void {
  try {
    writeSync(channel, '\n');
  } catch {
    process.kill(process.pid, 'SIGKILL');
  }
}
