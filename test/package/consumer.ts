import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const tracks = 'CREATE TABLE tracks (id INTEGER PRIMARY KEY, title TEXT NOT NULL);\n';

const seed = `import { defineSeed, type SeedRow } from 'rowproof';

export default defineSeed(({ insert, faker }) => {
  const row: SeedRow = { title: faker.music.songName() };
  insert('tracks', row);
});
`;

const files = {
  'rowproof.config.ts': `import { defineConfig } from 'rowproof';

export default defineConfig({ foreignKeys: true, transaction: 'per-migration' });
`,
  'safe/migrations/0001_tracks.sql': tracks,
  'safe/seeds/0001_tracks.ts': seed,
  'unsafe/migrations/0001_tracks.sql': tracks,
  'unsafe/migrations/0002_mood.sql': 'ALTER TABLE tracks ADD COLUMN mood TEXT NOT NULL;\n',
  'unsafe/seeds/0001_tracks.ts': seed,
  'migrations.test.ts': `import { testMigrations } from 'rowproof/vitest';

testMigrations({ migrations: 'safe/migrations' });
testMigrations({ migrations: 'unsafe/migrations' });
`,
};

/**
 * Makes a project that nothing is installed in yet, with a config, a test, and two histories: `safe`, and `unsafe`, whose
 * second migration fails on rows. Both have a TypeScript seed.
 * @param manifest what its package.json says.
 */
export function writeConsumer(folder: string, manifest: Readonly<Record<string, unknown>>): void {
  const contents = { ...files, 'package.json': JSON.stringify({ private: true, ...manifest }) };
  for (const [name, content] of Object.entries(contents)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}
