import type { Settings } from '../../../src/model/settings.ts';

/** How a plain better-sqlite3 application opens its database. Written out, because a process starts faster without zod. */
export const production: Settings = {
  engine: 'better-sqlite3',
  foreignKeys: true,
  transaction: 'per-migration',
  doubleQuotedStrings: false,
  recursiveTriggers: false,
  legacyAlterTable: false,
};
