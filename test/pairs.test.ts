import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check } from '../src/api.ts';
import { openMemory } from '../src/database/connection.ts';
import type { HazardLabel } from '../src/model/hazard.ts';
import { buildSettings } from './build.ts';
import { folderWith } from './temporary.ts';

const schema = 'CREATE TABLE crews (id INTEGER PRIMARY KEY, badge TEXT NOT NULL);';

async function hazardsOf(migration: string): Promise<readonly HazardLabel[]> {
  const folder = folderWith({ 'm/1_a.sql': schema, 'm/2_b.sql': migration });
  const { findings } = await check({ migrations: join(folder, 'm'), dataset: ['awkward'] });
  return findings.flatMap(({ hazards }) => hazards);
}

/** How many rows the SELECT of a hazard gives on some badges. */
function asked({ query }: HazardLabel, ...badges: readonly string[]): number {
  const db = openMemory(buildSettings());
  db.exec(schema);
  for (const badge of badges) db.prepare<[string]>('INSERT INTO crews (badge) VALUES (?)').run(badge);
  const rows = db.prepare(query).all();
  db.close();
  return rows.length;
}

describe('rows that collide only once a migration has changed them', () => {
  test.each([
    [
      'trimmed in place',
      'UPDATE crews SET badge = trim(badge); CREATE UNIQUE INDEX crews_badge ON crews (badge);',
      ' a1',
      'a1',
    ],
    ['equal in an expression', 'CREATE UNIQUE INDEX crews_badge ON crews (trim(badge));', 'a1 ', 'a1'],
  ])('are asked for as pairs: %s', async (_name, migration, padded, plain) => {
    const hazard = (await hazardsOf(migration)).find(({ kind }) => kind === 'padded-text');
    if (hazard === undefined) throw new Error('no white space is needed');
    expect(hazard.needs).toContain('and another row that it then collides with');
    expect(asked(hazard, padded, plain)).toBe(2);
    expect(asked(hazard, padded, 'b2')).toBe(0);
    expect(asked(hazard, plain, 'b2')).toBe(0);
  });

  test('are not asked for where one row is enough', async () => {
    const hazards = await hazardsOf('ALTER TABLE crews ADD COLUMN clean TEXT CHECK (badge = trim(badge));');
    const hazard = hazards.find(({ kind }) => kind === 'padded-text');
    expect(hazard?.needs).toBe('a row of crews whose badge has white space round it');
  });
});
