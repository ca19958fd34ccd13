import type { Moment } from '../model/settings.ts';
import type { Database, DriverStatement } from './engine.ts';

/** Statements that only read, or set a switch of the connection: nothing in the file can differ before and after them. */
const passive = /^\s*(?:select|values|explain|pragma)\b/i;

/** Makes a connection that calls `announce` before and after each statement that may write. */
export function announced(db: Database, announce: (moment: Moment) => void): Database {
  const around = <T>(sql: string, work: () => T): T => {
    if (passive.test(sql)) return work();
    announce({ sql, isDone: false, inTransaction: db.inTransaction });
    const result = work();
    announce({ sql, isDone: true, inTransaction: db.inTransaction });
    return result;
  };
  return {
    memory: db.memory,
    ...(db.undefended !== undefined && { undefended: db.undefended }),
    ...(db.table !== undefined && { table: (name, definition) => db.table?.(name, definition) }),
    get inTransaction() {
      return db.inTransaction;
    },
    get open() {
      return db.open;
    },
    prepare: <Parameters extends unknown[], Row>(sql: string) => {
      const statement = db.prepare<Parameters, Row>(sql);
      return passive.test(sql) ? statement : announcedStatement(statement, (work) => around(sql, work));
    },
    exec: (sql) => around(sql, () => db.exec(sql)),
    pragma: (source, options) => db.pragma(source, options),
    function: (name, options, body) => db.function(name, options, body),
    aggregate: (name, options) => db.aggregate(name, options),
    loadExtension: (path) => db.loadExtension(path),
    serialize: () => db.serialize(),
    close: () => db.close(),
  };
}

function announcedStatement<Parameters extends unknown[], Row>(
  statement: DriverStatement<Parameters, Row>,
  around: <T>(work: () => T) => T,
): DriverStatement<Parameters, Row> {
  return {
    reader: statement.reader,
    run: (...parameters) => around(() => statement.run(...parameters)),
    get: (...parameters) => around(() => statement.get(...parameters)),
    all: (...parameters) => around(() => statement.all(...parameters)),
    iterate: (...parameters) => statement.iterate(...parameters),
    pluck() {
      statement.pluck();
      return this;
    },
    raw() {
      statement.raw();
      return this;
    },
    safeIntegers() {
      statement.safeIntegers();
      return this;
    },
    columns: () => statement.columns(),
  };
}
