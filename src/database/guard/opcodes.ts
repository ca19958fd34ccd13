/** A line of EXPLAIN. https://sqlite.org/opcode.html */
export interface Opcode {
  readonly opcode: string;
  readonly p1: number;
  readonly p2: number;
  readonly p3: number;
  readonly p4: string | null;
  readonly p5: number;
}

/** In memory, or a file that SQLite takes away by itself: https://sqlite.org/inmemorydb.html */
const passing: ReadonlySet<string | null> = new Set([':memory:', '']);

/** All that ATTACH comes to where the name of the file is written out. */
const plainAttach: ReadonlySet<string> = new Set(['Init', 'String8', 'Null', 'Function', 'Expire', 'Halt', 'Goto']);

/**
 * Says which other database file a program of SQLite opens or writes; null where it keeps to the one at hand. ATTACH is a
 * call of a function that no SQL can name, and VACUUM INTO a VACUUM with a register for the name.
 */
export function otherFile(program: readonly Opcode[]): string | null {
  if (program.some(({ opcode, p2 }) => opcode === 'Vacuum' && p2 !== 0)) return 'writes another file (VACUUM INTO)';
  const attach = program.find(({ opcode, p4 }) => /Func/.test(opcode) && p4?.startsWith('sqlite_attach(') === true);
  if (attach === undefined) return null;
  const names = program.filter(({ opcode, p2 }) => opcode === 'String8' && p2 === attach.p2);
  const isPlain = program.every(({ opcode }) => plainAttach.has(opcode)) && names.length === 1;
  return isPlain && passing.has(names[0]?.p4 ?? null) ? null : 'attaches another database file';
}
