import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from '../src/config.ts';
import { configOf, settingsSchema } from './specimens.ts';

const caseSchema = z.object({
  /** The reason why the last migration looks unsafe. */
  trap: z.string(),
  settings: settingsSchema,
  /** Codes of warnings that an awkward row may show, because they are right. */
  awkward: z.array(z.string()).optional(),
});

/** A migration that looks unsafe and is not: neither an error nor a warning is right, whatever the rows. */
export interface SafeForm extends z.infer<typeof caseSchema> {
  readonly name: string;
  readonly config: Config;
}

const root = join(import.meta.dirname, 'safe');

/** Every safe form, by name. */
export const safeForms: readonly SafeForm[] = readdirSync(root)
  .sort()
  .map((name) => {
    const folder = join(root, name);
    const facts = caseSchema.parse(JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')));
    return { ...facts, name, config: configOf(folder, facts.settings) };
  });
