/**
 * What the main thread is doing, on a board in shared memory: cheap to write, and readable for another thread while the main
 * one is inside SQLite or a loop of the user's. One slot for each scope, from the narrowest; `turn` is one of the event loop
 * in which no step is open.
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

/** What of the common numbers is where: a count of all changes, so that a torn reading shows, and the limit of memory in MiB. */
export const commonField = { changes: 0, memory: 1 } as const;

/** One scope on the board. */
export interface Slot {
  readonly numbers: Int32Array;
  readonly text: Uint8Array;
}

/** The board as arrays over its memory. */
export interface Board {
  readonly buffer: SharedArrayBuffer;
  readonly common: Int32Array;
  readonly slots: Readonly<Record<ScopeName, Slot>>;
}

const numberSize = Int32Array.BYTES_PER_ELEMENT;
const slotSize = fields * numberSize + textSize;

/** Lays a board over memory, new memory when there is none. */
export function openBoard(
  buffer: SharedArrayBuffer = new SharedArrayBuffer(common * numberSize + scopes.length * slotSize),
): Board {
  const slot = (name: ScopeName): Slot => {
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

/** What a slot says, or null where its scope is not open. */
export function readText({ numbers, text }: Slot): string | null {
  const length = Atomics.load(numbers, field.length);
  if (length === 0) return null;
  const line = Atomics.load(numbers, field.line);
  // A decoder takes no shared memory.
  const shown = new TextDecoder().decode(text.slice(0, length));
  return line === 0 ? shown : `${shown}:${line}`;
}
