import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from '../src/config.ts';
import { folderWith } from './temporary.ts';

const caseSchema = z.object({
  class: z.string(),
  settings: z.object({
    foreign_keys: z.enum(['on', 'off']),
    transaction: z.enum(['per-migration', 'all-pending', 'none']),
    dqs: z.boolean(),
  }),
  expected: z.object({
    finding: z.string(),
    table: z.string(),
    statement: z.number().nullable(),
    sqlite_message: z.string().optional(),
    tables: z.array(z.string()).optional(),
    also: z.array(z.string()).optional(),
    severity: z.enum(['error', 'warning', 'note']).optional(),
  }),
  needs: z.string(),
  fixed_also: z.array(z.object({ finding: z.string(), severity: z.string() })).optional(),
  out_of_reach: z.string().optional(),
});

/** A migration that is fine on an empty database and wrong on rows, with what is expected of us. */
export interface Specimen extends z.infer<typeof caseSchema> {
  readonly name: string;
  readonly folder: string;
  readonly config: Config;
}

const root = join(import.meta.dirname, 'specimens');

/** Every specimen, by name. */
export const specimens: readonly Specimen[] = readdirSync(root)
  .sort()
  .map((name) => {
    const folder = join(root, name);
    const facts = caseSchema.parse(JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')));
    const config: Config = {
      migrations: join(folder, 'migrations'),
      seeds: join(folder, 'seeds'),
      foreignKeys: facts.settings.foreign_keys === 'on',
      transaction: facts.settings.transaction,
      doubleQuotedStrings: facts.settings.dqs,
    };
    return { ...facts, name, folder, config };
  });

/** The specimen with its last migration replaced by the corrected one, in an empty folder: one of the test's when left out. */
export function fixedConfig({ folder, config }: Specimen, copy = folderWith()): Config {
  cpSync(join(folder, 'migrations'), join(copy, 'migrations'), { recursive: true });
  cpSync(join(folder, 'seeds'), join(copy, 'seeds'), { recursive: true });
  const last = readdirSync(join(copy, 'migrations')).sort().at(-1) ?? '';
  rmSync(join(copy, 'migrations', last));
  cpSync(join(folder, 'fixed.sql'), join(copy, 'migrations', last));
  return { ...config, migrations: join(copy, 'migrations'), seeds: join(copy, 'seeds') };
}
