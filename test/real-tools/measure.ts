import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { gate, seed } from '../../src/api.ts';
import { readHistory } from '../../src/tools/history.ts';
import type { RealTool } from './real-tool.ts';

const samples = join(import.meta.dirname, '..', 'tools', 'samples');

/** Put in after the first migration of a sample. */
export const rows = `INSERT INTO users (id, email, name) VALUES (1, 'ada@x.test', 'Ada'), (2, 'bob@x.test', 'Bob');
INSERT INTO posts (id, user_id, title) VALUES (1, 1, 'one'), (2, 2, 'two');
INSERT INTO comments (id, post_id, body) VALUES (1, 1, 'a'), (2, 1, 'b'), (3, 2, 'c');`;

/** The numbers of users, posts and comments that the third migration of a sample leaves. */
export interface Measured {
  /** The rows that the tool itself leaves, as in `2/0/0`. */
  readonly real: string;
  readonly emulated: string;
  /** The number of migrations that the gate counts as pending in the file that the tool has migrated to the second. */
  readonly pending: number | undefined;
  /** Whether the gate foresees that rows are lost. */
  readonly foreseen: boolean;
}

/** Runs a folder by its own tool and by rowproof. @param overlay files that replace those of the sample. */
export async function measure(tool: RealTool, overlay: string | null = null): Promise<Measured> {
  const { sample, place, config, apply } = tool;
  const root = mkdtempSync(join(tmpdir(), 'rowproof real '));
  try {
    let copies = 0;
    const copy = (): string => {
      copies += 1;
      const project = join(root, `project-${copies}`);
      cpSync(join(samples, sample), project, { recursive: true });
      if (overlay !== null) cpSync(overlay, project, { recursive: true });
      return project;
    };
    const real = join(root, 'real.db');
    const project = copy();
    const migrations = join(project, place);
    await apply(copy(), real, 1);
    execute(real, rows);
    await apply(copy(), real, 2);
    const report = await gate({ migrations, ...config }, { file: real });
    await apply(copy(), real, null);

    const seeds = join(root, 'rows');
    mkdirSync(seeds);
    const { migrations: all } = readHistory(migrations);
    writeFileSync(join(seeds, `${all[0]?.name}_rows.sql`), rows);
    const file = join(root, 'emulated.db');
    await seed({ migrations, seeds, ...config }, { dataset: ['fixture'], file, at: all[2]?.name ?? 0 });
    return {
      real: count(real),
      emulated: count(file),
      pending: report.gate?.pending,
      foreseen: report.findings.some(({ code }) => code === 'rows-lost'),
    };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function execute(file: string, sql: string): void {
  const db = new Sqlite(file);
  db.exec(sql);
  db.close();
}

/** The rows of users, posts and comments in a file. */
export function count(file: string): string {
  const db = new Sqlite(file, { readonly: true });
  const counts = ['users', 'posts', 'comments'].map((table) =>
    db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
  );
  db.close();
  return counts.join('/');
}
