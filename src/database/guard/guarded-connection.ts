import type { Connection, FunctionBody, FunctionOptions } from '../../model/connection.ts';
import { splitStatements } from '../../sql/statements.ts';
import type { Database } from '../engine.ts';
import { namingAggregateErrors, namingErrors, registrationOf } from '../registered.ts';
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
    function: (name: string, ...given: readonly [FunctionBody] | readonly [FunctionOptions, FunctionBody]) => {
      const [options, body] = given.length === 1 ? [{}, given[0]] : given;
      if (typeof body !== 'function') throw new TypeError('function() of the connection takes a function at its end');
      db.function(name, registrationOf(options), namingErrors(name, body));
    },
    aggregate: (name, options) => {
      if (typeof options?.step !== 'function')
        throw new TypeError('aggregate() of the connection takes an object with a function step');
      db.aggregate(name, namingAggregateErrors(name, options));
    },
    enableLoadExtension: () => {},
    loadExtension: (path) => db.loadExtension(path),
  };
}
