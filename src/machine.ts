import { totalmem } from 'node:os';
import process from 'node:process';

/** Bytes of memory that there are for this process: those of the machine, or of its container where that has fewer. */
export function memoryOfMachine(): number {
  // 0, or more than there is, where nothing constrains it: https://nodejs.org/api/process.html#processconstrainedmemory
  const constrained = process.constrainedMemory();
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
}
