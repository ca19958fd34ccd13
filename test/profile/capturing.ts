import { openMemory } from '../../src/database/connection.ts';
import type { ColumnProfile } from '../../src/model/column-profile.ts';
import type { Connection } from '../../src/model/connection.ts';
import type { Profile, TableProfile } from '../../src/model/profile.ts';
import { type Capture, captureProfile } from '../../src/profile/capture.ts';
import { buildSettings } from '../build.ts';

/** The options of a capture, and the registrations before `sql` runs. */
export type Options = Partial<Capture> & { readonly connect?: (db: Connection) => void };

/**
 * The profile of a database that `sql` makes, with foreign keys off so that it may hold orphans. It tells of every row,
 * which no user can ask for, unless `atLeast` says otherwise.
 */
export function captured(sql: string, { connect, ...options }: Options = {}): Profile {
  const db = openMemory(buildSettings({ foreignKeys: false, connect }));
  try {
    db.exec(sql);
    return captureProfile(db, {
      rowproof: '0.0.0',
      at: null,
      sqliteVersion: null,
      atLeast: 1,
      keepValues: [],
      keepKeys: [],
      migrations: [],
      next: () => {},
      ...options,
    });
  } finally {
    db.close();
  }
}

/** The shape of a table, which must be there. */
export function table({ tables }: Profile, name: string): TableProfile {
  const found = tables.find((entry) => entry.name === name);
  if (found === undefined) throw new Error(`no table ${name} in the profile`);
  return found;
}

/** The shape of the column `c` of a table `t` with these values, written in SQL. */
export function column(
  values: readonly string[],
  { type = '', ...options }: Options & { type?: string } = {},
): ColumnProfile {
  const rows = values.map((value) => `INSERT INTO t VALUES (${value});`);
  const [first] = table(captured(`CREATE TABLE t (c ${type});${rows.join('')}`, options), 't').columns;
  if (first === undefined) throw new Error('no column in the profile');
  return first;
}
