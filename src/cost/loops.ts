import type { Instruction } from '../database/write-watch.ts';

/** A range of instructions that is run again and again, or once. */
interface Range {
  readonly from: number;
  readonly to: number;
}

const advancing: ReadonlySet<string> = new Set(['Next', 'Prev', 'VNext', 'SorterNext']);

/**
 * Whether a statement runs a loop for each turn of another, so that its work may grow faster than its rows. A lookup of
 * one row by a unique key is no loop, and neither is a part that runs once in all.
 * @param instructions those of the statement, followed by those of its triggers, each numbered from 0 on.
 */
export function hasNestedLoops(instructions: readonly Instruction[]): boolean {
  const [main = [], ...triggers] = programsOf(instructions);
  const loops = loopsOf(main);
  const once = main.filter(({ opcode }) => opcode === 'Once').map(({ addr, p2 }) => ({ from: addr, to: p2 }));
  const isNested = loops.some((outer) =>
    loops.some(
      (inner) =>
        inner !== outer &&
        isWithin(inner, outer) &&
        !once.some((range) => isWithin(inner, range) && isWithin(range, outer)),
    ),
  );
  if (isNested) return true;
  const calls = main.filter(({ opcode }) => opcode === 'Program');
  const isCalledInLoop = calls.some(({ addr }) => loops.some(({ from, to }) => from <= addr && addr <= to));
  return isCalledInLoop && triggers.some((program) => loopsOf(program).length > 0);
}

function programsOf(instructions: readonly Instruction[]): Instruction[][] {
  const programs: Instruction[][] = [];
  for (const instruction of instructions) {
    if (instruction.addr === 0) programs.push([]);
    programs.at(-1)?.push(instruction);
  }
  return programs;
}

function loopsOf(program: readonly Instruction[]): Range[] {
  return program
    .filter(({ addr, opcode, p2 }) => p2 < addr && (advancing.has(opcode) || (opcode === 'Goto' && p2 > 1)))
    .map(({ addr, p2 }) => ({ from: p2, to: addr }));
}

function isWithin(inner: Range, outer: Range): boolean {
  return outer.from <= inner.from && inner.to <= outer.to;
}
