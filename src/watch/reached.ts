import { type Board, field, readText, type ScopeName, tick } from './board.ts';

/** The reason why there is no verdict, and the remedy. */
export interface Reached {
  readonly message: string;
  readonly remedy: string;
}

/** Names the reached time limit and the place. */
export function describeLimit(board: Board, name: ScopeName): Reached {
  const limit = describeTime(Atomics.load(board.slots[name].numbers, field.limit) * tick);
  const { statement, step } = board.slots;
  const at = readText(statement);
  const subjects = {
    statement: at,
    step: readText(step),
    dataset: 'The run',
    turn: 'Code outside of steps, such as a timer of the project,',
  };
  const last = { statement: null, step: at, dataset: at ?? readText(step), turn: at }[name];
  const limited = name === 'turn' ? 'step' : name;
  const where = last === null ? '' : ` at this: ${last}`;
  return {
    message: `${subjects[name]}${describeSide(board)} did not finish within ${limit}, the limit of a ${limited}; it was stopped${where}, so there is no verdict.`,
    remedy: `Correct the endless code, or raise --limit-${limited} or limits.${limited} of the config ('none' for no limit).`,
  };
}

/** Reports that the process exceeded its memory limit, and the place. @param allowed in MiB. */
export function describeMemory(board: Board, allowed: number): Reached {
  const { statement, step } = board.slots;
  const at = readText(statement) ?? readText(step);
  const where = at === null ? '' : ` at this: ${at}${describeSide(board)}`;
  return {
    message: `The process used more than ${allowed} MiB of memory; it was stopped${where}, so there is no verdict.`,
    remedy: "Use fewer rows, or raise --limit-memory or limits.memory of the config ('none' for no limit).",
  };
}

/** The database in words. */
function describeSide({ slots: { dataset } }: Board): string {
  const name = readText(dataset);
  if (name === null) return '';
  if (name === 'empty') return ' on the empty database';
  return name === 'copy' ? ' on the copy of production' : ` on the dataset ${name}`;
}

/** Milliseconds in the largest unit that gives a short number. */
function describeTime(milliseconds: number): string {
  const units = [
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
  ] as const;
  const fitting = units.find(([, size]) => milliseconds >= size && Number.isInteger((milliseconds / size) * 10));
  return fitting === undefined ? `${milliseconds} ms` : `${milliseconds / fitting[1]} ${fitting[0]}`;
}
