import type { Connection } from '../../model/connection.ts';
import { splitStatements } from '../../sql/statements.ts';
import type { Database } from '../engine.ts';
import { namingErrors } from '../registered.ts';
import { permit, runPermitted, type StatementOrigin } from './permit.ts';

const place: StatementOrigin = { file: 'connect(db) of the config', line: null };

/**
 * A connection as the project's own `connect` gets it: it registers functions and extensions, and runs what keeps to the
 * database at hand.
 */
export function guardedConnection(db: Database): Connection {
  return {
    exec: (sql) => {
      for (const statement of splitStatements(sql)) runPermitted(db, statement.sql, place);
    },
    pragma: (source, options) => {
      permit(db, `PRAGMA ${source}`, place);
      return db.pragma(source, options);
    },
    function: (name, options, body) => db.function(name, options, namingErrors(name, body)),
    loadExtension: (path) => db.loadExtension(path),
  };
}
