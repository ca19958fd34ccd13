/** SQLite's own answer to where statements end: the tail that `sqlite3_prepare_v2` gives, which no driver hands out. */
import init, { type Sqlite3Static } from '@sqlite.org/sqlite-wasm';

/** The part of a text that SQLite read. */
export interface Reading {
  /** The text of each statement, up to its tail; blank ones left out. */
  readonly statements: readonly string[];
  /** Whether every statement compiled. */
  readonly compiles: boolean;
}

/** Opens a database with tables `t(a, b)` and `u(a, b)` whose SQLite is asked; texts may have up to `limit` bytes. */
export async function openReader(limit = 4_096): Promise<(text: string) => Reading> {
  const sqlite3: Sqlite3Static = await init();
  const { capi, wasm } = sqlite3;
  const db = new sqlite3.oo1.DB(':memory:');
  db.exec('CREATE TABLE t (a, b); CREATE TABLE u (a, b)');
  const handle = db.pointer;
  if (handle === undefined) throw new Error('the database is closed');
  const source = wasm.alloc(limit);
  const results = wasm.alloc(16);
  const encoder = new TextEncoder();
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  return (text) => {
    const { written, read } = encoder.encodeInto(text, wasm.heap8u().subarray(source, source + limit - 1));
    if (read < text.length) throw new Error('the text is too long');
    wasm.heap8u()[source + written] = 0;
    const end = source + written;
    const statements: string[] = [];
    for (let start = source; start < end; ) {
      const code = capi.sqlite3_prepare_v2(handle, start, end - start, results, results + 8);
      if (code !== 0) return { statements, compiles: false };
      const statement = wasm.peekPtr(results);
      const tail = wasm.peekPtr(results + 8);
      if (statement !== 0) {
        statements.push(decoder.decode(wasm.heap8u().slice(start, tail)));
        capi.sqlite3_finalize(statement);
      }
      // It stops at a NUL, which has no tail behind it.
      if (tail <= start || wasm.heap8u()[tail] === 0) break;
      start = tail;
    }
    return { statements, compiles: true };
  };
}
