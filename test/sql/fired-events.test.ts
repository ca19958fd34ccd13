import { expect, test } from 'vitest';
import { readSchema } from '../../src/database/introspect.ts';
import { firedEvents } from '../../src/sql/fired-events.ts';
import type { TriggerEvent } from '../../src/sql/trigger-text.ts';
import { emptyDatabase } from '../seed/filling.ts';

const schema = readSchema(
  emptyDatabase(`CREATE TABLE parents (id INTEGER PRIMARY KEY);
  CREATE TABLE children (parent_id INTEGER REFERENCES parents(id) ON DELETE CASCADE, id INTEGER PRIMARY KEY);
  CREATE TABLE grandchildren (child_id INTEGER REFERENCES children(id) ON DELETE SET NULL);
  CREATE TABLE bystanders (parent_id INTEGER REFERENCES parents(id));
  CREATE TABLE settings (name TEXT UNIQUE ON CONFLICT REPLACE, value TEXT)`),
);

function events(sql: string): string[] {
  const fired = firedEvents(schema);
  fired.add(sql);
  const all: TriggerEvent[] = ['insert', 'update', 'delete'];
  return [...schema.tables.map(({ name }) => name), 'other'].flatMap((table) =>
    all.filter((event) => fired.has(table, event)).map((event) => `${table} ${event}`),
  );
}

test.each<[sql: string, fired: readonly string[]]>([
  ['SELECT * FROM parents', []],
  ['ALTER TABLE bystanders ADD COLUMN kind TEXT CHECK (kind IS NOT 1)', []],
  ['INSERT INTO other SELECT replace(id, 1, 2) FROM parents', ['other insert']],
  ['INSERT OR IGNORE INTO main."Other" VALUES (1)', ['other insert']],
  ['WITH x AS (SELECT 1) UPDATE OR IGNORE bystanders SET parent_id = 1', ['bystanders update']],
  ['DELETE FROM bystanders', ['bystanders delete']],
  ['DROP VIEW other', []],
  ['INSERT INTO other VALUES (1) ON CONFLICT DO UPDATE SET id = 2', ['other insert', 'other update']],
  ['REPLACE INTO other VALUES (1)', ['other delete', 'other insert', 'other update']],
  ['INSERT OR REPLACE INTO other VALUES (1)', ['other delete', 'other insert', 'other update']],
  ["INSERT INTO settings VALUES ('a', 1)", ['settings delete', 'settings insert', 'settings update']],
  [
    'DROP TABLE IF EXISTS parents',
    ['children delete', 'children update', 'grandchildren delete', 'grandchildren update', 'parents delete'],
  ],
  [
    'ALTER TABLE other RENAME TO bystanders; UPDATE bystanders SET parent_id = 1',
    ['bystanders update', 'other update'],
  ],
  [
    'CREATE TRIGGER t AFTER DELETE ON other BEGIN INSERT INTO bystanders VALUES (1); UPDATE "other" SET id = 1; END',
    ['bystanders insert', 'other update'],
  ],
  ['CREATE TABLE other (parent_id INTEGER REFERENCES parents(id) ON DELETE CASCADE)', ['other delete', 'other update']],
])('%s', (sql, fired) => {
  expect(events(sql).sort()).toEqual(fired);
});
