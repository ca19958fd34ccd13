import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../command.ts';
import { keepFirst } from '../prefix.ts';
import type { RealTool } from '../real-tool.ts';

const packages = join(import.meta.dirname, '..', 'node_modules');

/** Keeps Prisma from asking for its native engines, which it would not use. */
export const prismaEnvironment = {
  PRISMA_QUERY_ENGINE_LIBRARY: process.execPath,
  PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
} as const;

/**
 * Runs `prisma migrate deploy` over a project, by the engine that comes as WASM: the native one is a download of its own.
 * @throws with Prisma's words where a migration fails
 */
export function deployByPrisma(project: string, file: string): void {
  symlinkSync(packages, join(project, 'node_modules'));
  const url = JSON.stringify(`file:${file}`);
  const schema = join(project, 'prisma', 'schema.prisma');
  // Prisma 7 has the url in the config alone, Prisma 6 wants one in the schema as well.
  const text = readFileSync(schema, 'utf8');
  writeFileSync(schema, text.replace('provider = "sqlite"', `provider = "sqlite"\n  url = ${url}`));
  writeFileSync(
    join(project, 'prisma.config.ts'),
    `import { PrismaBetterSQLite3 } from '@prisma/adapter-better-sqlite3';
export default {
  experimental: { adapter: true },
  engine: 'js',
  schema: 'prisma/schema.prisma',
  adapter: async () => new PrismaBetterSQLite3({ url: ${url} }),
};
`,
  );
  run('prisma', ['migrate', 'deploy'], project, prismaEnvironment);
}

/** Prisma's own command. */
export const prisma: readonly RealTool[] = [
  {
    name: 'Prisma 6.19, WASM engine on better-sqlite3',
    sample: 'prisma',
    place: 'prisma/migrations',
    config: {},
    apply: (project, file, count) => {
      keepFirst(join(project, 'prisma', 'migrations'), count);
      deployByPrisma(project, file);
    },
  },
];
