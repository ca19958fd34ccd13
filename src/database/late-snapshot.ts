import type { Settings } from '../model/settings.ts';
import { quoteName } from '../sql/quote.ts';
import { attachBytes } from './attach.ts';
import { type Database, openMemory, resetSwitches } from './connection.ts';
import { newestObject } from './introspect.ts';
import { type Snapshot, snapshotMemory } from './snapshot.ts';

interface Added {
  readonly type: 'table' | 'index' | 'trigger' | 'view';
  readonly name: string;
}

/**
 * Keeps the content of an in-memory database before a step that only adds objects, so its earlier state can be derived
 * from the later one: it is copied only on request. A request is not allowed after the next step is prepared.
 */
export function snapshotLate(source: Database, settings: Settings): Snapshot {
  const newest = newestObject(source);
  const added = (db: Database): Added[] =>
    db
      .prepare<[number], Added>('SELECT type, name FROM main.sqlite_schema WHERE rowid > ? ORDER BY rowid DESC')
      .all(newest)
      .filter(({ name }) => !name.startsWith('sqlite_'));
  const takeAway = (bytes: Buffer): Buffer => {
    const db = openMemory(settings, bytes);
    try {
      // The implicit DELETE of DROP TABLE would act on children: https://sqlite.org/lang_droptable.html
      db.pragma('foreign_keys = OFF');
      for (const { type, name } of added(db)) db.exec(`DROP ${type} IF EXISTS main.${quoteName(name)}`);
      resetSwitches(db, settings);
      return db.serialize();
    } finally {
      db.close();
    }
  };
  let kept: Buffer | null = null;
  const bytes = (): Buffer => {
    kept ??= added(source).length === 0 ? source.serialize() : takeAway(source.serialize());
    return kept;
  };
  return {
    open: (own) => openMemory(own, bytes()),
    keep: snapshotMemory,
    release: () => {},
    attach: (db, work) => attachBytes(db, bytes(), work),
    differences: (db) => {
      const made = added(db);
      // Another run of the step changes the source.
      if (made.length > 0) bytes();
      return made.map(({ type, name }) => `created ${type} ${name}`).sort();
    },
  };
}
