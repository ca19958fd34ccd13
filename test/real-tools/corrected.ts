import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Database } from 'sqlite';
import { migrate } from '../../src/api.ts';
import type { ToolName } from '../../src/model/tool.ts';
import { type Corrected, corrections } from '../tools/corrected.ts';
import { keepFirst, keepFirstEntries } from './prefix.ts';
import type { RealTool } from './real-tool.ts';
import { dbmateUp } from './tools/dbmate.ts';
import { openSqlite } from './tools/npm-sqlite.ts';
import { postgratorMigrate } from './tools/postgrator.ts';
import { deployByPrisma } from './tools/prisma.ts';
import { applyByWrangler } from './tools/wrangler.ts';

/** Runs the program of the project, which finds the packages of this suite. */
function runProgram(project: string, file: string): void {
  symlinkSync(join(import.meta.dirname, 'node_modules'), join(project, 'node_modules'));
  execFileSync(process.execPath, ['migrate.mjs'], { cwd: project, env: { ...process.env, FILE: file }, stdio: 'pipe' });
}

/** The way in which each tool that can run here runs a project of `corrections`. */
const runs: Partial<Record<ToolName, RealTool['apply']>> = {
  rowproof: async (project, file, count) => {
    keepFirst(join(project, 'migrations'), count);
    await migrate({ migrations: join(project, 'migrations'), tool: 'rowproof' }, { file });
  },
  drizzle: (project, file, count) => {
    keepFirstEntries(join(project, 'drizzle'), count);
    runProgram(project, file);
  },
  'drizzle-1': (project, file, count) => {
    keepFirst(join(project, 'drizzle'), count);
    runProgram(project, file);
  },
  prisma: (project, file, count) => {
    keepFirst(join(project, 'prisma', 'migrations'), count);
    deployByPrisma(project, file);
  },
  wrangler: (project, file, count) => {
    keepFirst(join(project, 'migrations'), count);
    applyByWrangler(project, file);
  },
  dbmate: (project, file, count) => {
    keepFirst(join(project, 'db', 'migrations'), count);
    dbmateUp(project, file, '?_foreign_keys=on');
  },
  'npm-sqlite': async (project, file, count) => {
    keepFirst(join(project, 'migrations'), count);
    const program: { default: (db: Database) => Promise<void> } = await import(join(project, 'app.mjs'));
    const db = await openSqlite(file, true);
    await program.default(db);
    await db.close();
  },
  postgrator: async (project, file, count) => {
    await postgratorMigrate(project, file, count, true);
  },
};

/** Those of them whose tool can run here. */
export const runnable: readonly Corrected[] = corrections.filter(({ tool }) => runs[tool] !== undefined);

/** The posts that a project leaves of 2, run by its own tool. */
export async function postsLeft({ tool, common, ...forms }: Corrected, form: 'wrong' | 'right'): Promise<unknown> {
  const apply = runs[tool];
  if (apply === undefined) throw new Error(`${tool} cannot run here`);
  const root = mkdtempSync(join(tmpdir(), 'rowproof corrected '));
  try {
    const file = join(root, 'app.db');
    const original = join(root, 'project');
    for (const [name, text] of Object.entries({ ...common, ...forms[form] })) {
      mkdirSync(dirname(join(original, name)), { recursive: true });
      writeFileSync(join(original, name), text);
    }
    for (const count of [1, null]) {
      const project = join(root, `copy-${count}`);
      cpSync(original, project, { recursive: true });
      await apply(project, file, count);
      if (count === 1) execute(file);
    }
    const db = new Sqlite(file, { readonly: true });
    const left = db.prepare('SELECT count(*) FROM posts').pluck().get();
    db.close();
    return left;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function execute(file: string): void {
  const db = new Sqlite(file);
  db.exec(
    "INSERT INTO users (id, name) VALUES (1, 'Ada'), (2, 'Bob'); INSERT INTO posts (id, user_id) VALUES (1, 1), (2, 2);",
  );
  db.close();
}
