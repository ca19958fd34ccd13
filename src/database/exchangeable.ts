import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Database } from './engine.ts';
import { createWorkspace } from './workspace.ts';

/** A connection to a database that another process can be lent as a file. */
export interface Exchangeable extends Database {
  /** Runs `work` while nobody has the database open; what the file holds afterwards is the database. */
  lend<T>(work: (file: string) => T): T;
}

/** Functions that open a connection anew. */
export interface Exchange {
  /** The file that it is on; null for memory. */
  readonly file: string | null;
  /** @param bytes the content, for memory */
  readonly open: (bytes: Buffer | undefined) => Database;
  /** Opens a file as it lies there, to take a write-ahead log into it. */
  readonly openFile: (file: string) => Database;
}

/** Makes a connection that goes on with another one inside, whenever its database was lent. */
export function makeExchangeable(first: Database, exchange: Exchange): Exchangeable {
  let inner = first;
  const { table } = first;
  return {
    memory: first.memory,
    ...(first.undefended !== undefined && { undefended: first.undefended }),
    ...(table !== undefined && { table: (name, definition) => inner.table?.(name, definition) }),
    get inTransaction() {
      return inner.inTransaction;
    },
    get open() {
      return inner.open;
    },
    prepare: (sql) => inner.prepare(sql),
    exec: (sql) => inner.exec(sql),
    pragma: (source, options) => inner.pragma(source, options),
    function: (name, options, body) => inner.function(name, options, body),
    aggregate: (name, aggregate) => inner.aggregate(name, aggregate),
    loadExtension: (path) => inner.loadExtension(path),
    serialize: () => inner.serialize(),
    close: () => inner.close(),
    lend: (work) => {
      if (exchange.file !== null) {
        inner.close();
        try {
          return work(exchange.file);
        } finally {
          inner = exchange.open(undefined);
        }
      }
      const workspace = createWorkspace();
      const file = workspace.path('lent.db');
      try {
        writeFileSync(file, inner.serialize(), { mode: 0o600 });
        const result = work(file);
        inner.close();
        inner = exchange.open(contentOf(file, exchange));
        return result;
      } finally {
        rmSync(file, { force: true });
        workspace.dispose();
      }
    },
  };
}

/** Whether a connection can be lent. */
export function isExchangeable(db: Database): db is Exchangeable {
  return 'lend' in db;
}

/** A file that says WAL in its header cannot be opened from memory: https://sqlite.org/c3ref/deserialize.html */
function contentOf(file: string, { openFile }: Exchange): Buffer {
  const db = openFile(file);
  db.pragma('journal_mode = DELETE');
  db.close();
  return readFileSync(file);
}
