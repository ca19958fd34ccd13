/**
 * The activity of the main thread, on a board in shared memory: cheap to write, and readable for another thread while
 * the main thread is inside SQLite or a loop of the user. Each scope has one slot, from the narrowest; `turn` is a turn
 * of the event loop outside of steps.
 */
export const scopes = ['statement', 'step', 'dataset', 'turn'] as const;

export type ScopeName = (typeof scopes)[number];

/** Milliseconds between two looks at the board: the unit of its times. */
export const tick = 50;

/** The numbers of a slot, and how many there are. */
export const field = { line: 0, limit: 1, ticks: 2, length: 3 } as const;

const fields = 4;

/** Bytes of a text; a longer one is cut. */
const textSize = 400;

/** Numbers that belong to no slot. */
const common = 2;

/** The places of the common numbers: a count of all changes, which reveals a torn read, and the memory limit in MiB. */
export const commonField = { changes: 0, memory: 1 } as const;

/** One scope on the board. */
export interface BoardSlot {
  readonly numbers: Int32Array;
  readonly text: Uint8Array;
}

/** The board as arrays over its memory. */
export interface Board {
  readonly buffer: SharedArrayBuffer;
  readonly common: Int32Array;
  readonly slots: Readonly<Record<ScopeName, BoardSlot>>;
}

const numberSize = Int32Array.BYTES_PER_ELEMENT;
const slotSize = fields * numberSize + textSize;

/** Lays a board over memory, new memory when there is none. */
export function openBoard(
  buffer: SharedArrayBuffer = new SharedArrayBuffer(common * numberSize + scopes.length * slotSize),
): Board {
  const slot = (name: ScopeName): BoardSlot => {
    const start = common * numberSize + scopes.indexOf(name) * slotSize;
    return {
      numbers: new Int32Array(buffer, start, fields),
      text: new Uint8Array(buffer, start + fields * numberSize, textSize),
    };
  };
  return {
    buffer,
    common: new Int32Array(buffer, 0, common),
    slots: { statement: slot('statement'), step: slot('step'), dataset: slot('dataset'), turn: slot('turn') },
  };
}

/** The content of a slot, or null if its scope is not open. */
export function readText({ numbers, text }: BoardSlot): string | null {
  const length = Atomics.load(numbers, field.length);
  if (length === 0) return null;
  const line = Atomics.load(numbers, field.line);
  // A decoder does not accept shared memory.
  const shown = new TextDecoder().decode(text.slice(0, length));
  return line === 0 ? shown : `${shown}:${line}`;
}
