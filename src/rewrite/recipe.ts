// This room writes corrected migrations: one recipe a file, each for some causes. It runs nothing: what runs a text is handed in.
import type { CauseId, Finding } from '../model/finding.ts';
import type { Migration } from '../model/history.ts';
import type { Schema } from '../model/schema.ts';
import type { Settings } from '../model/settings.ts';
import type { Runner } from '../model/tool.ts';
import type { MigrationText } from './migration-text.ts';

/** A migration that has a finding, and its surroundings. */
export interface RewriteContext {
  readonly finding: Finding;
  readonly migration: Migration;
  readonly file: MigrationText;
  /** The schema before the migration, and after the original one on the empty database; null where that failed. */
  readonly before: Schema;
  readonly after: Schema | null;
  readonly settings: Settings;
  readonly runner: Runner;
}

/** Another statement in the place of one that a recipe has written. */
export interface RecipeChoice {
  /** The result, a sentence. */
  readonly says: string;
  /** The statement that it stands for, as it is written. */
  readonly instead: string;
  readonly sql: string;
}

/** One way to correct migrations. */
export interface Recipe {
  /** The causes, or codes, that it may correct. */
  readonly causes: readonly CauseId[];
  /** Writes the whole corrected text; null where the migration does not have the form that the recipe is for. */
  readonly write: (context: RewriteContext) => string | null;
  /** The results in which its migrations differ from the original on purpose, a sentence; left out where they do not. */
  readonly declares?: (context: RewriteContext) => string;
  /** The other statements that a user may prefer. */
  readonly choices?: (context: RewriteContext) => readonly RecipeChoice[];
}
