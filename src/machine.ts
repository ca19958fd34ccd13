import { totalmem } from 'node:os';
import process from 'node:process';

/** The bytes of memory for this process: those of the machine, or of its container if that has fewer. */
export function memoryOfMachine(): number {
  // 0, or more than exists, if nothing constrains it: https://nodejs.org/api/process.html#processconstrainedmemory
  const constrained = process.constrainedMemory();
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
}
