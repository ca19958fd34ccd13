import type { History } from '../model/history.ts';
import { settingsOf } from '../tools/choose.ts';

/**
 * Whether every connection of the application has enforced foreign keys since the first migration, as far as files tell: the
 * driver is known and enforces them by itself, and no migration asks for anything else.
 */
export function isAlwaysEnforced({ runner, migrations }: History): boolean {
  if (runner.driverEvidence === null || runner.foreignKeys !== null || !settingsOf(runner).foreignKeys) return false;
  return !migrations.some(
    ({ settings, statements }) =>
      settings?.foreignKeys === false ||
      statements.some(({ sql }) => /\bforeign_keys\b\W+(?:off|0|false|no)\b/i.test(sql)),
  );
}
