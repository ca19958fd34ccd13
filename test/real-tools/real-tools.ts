import type { RealTool } from './real-tool.ts';
import { dbmate } from './tools/dbmate.ts';
import { drizzle } from './tools/drizzle.ts';
import { drizzle1 } from './tools/drizzle-1.ts';
import { npmSqlite } from './tools/npm-sqlite.ts';
import { postgrator } from './tools/postgrator.ts';
import { prisma } from './tools/prisma.ts';
import { wrangler } from './tools/wrangler.ts';

/** Every sample that its own tool can run here, on each of the drivers that install. */
export const realTools: readonly RealTool[] = [
  ...drizzle,
  ...drizzle1,
  ...prisma,
  ...wrangler,
  ...dbmate,
  ...postgrator,
  ...npmSqlite,
];
