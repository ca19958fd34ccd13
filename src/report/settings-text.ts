import type { Report } from '../model/report.ts';

const transactions = {
  'per-migration': 'one transaction per migration',
  'all-pending': 'one transaction for all',
  none: 'no transaction',
} as const;

/** The tool of the folder with its evidence; null for a plain folder with the usual driver. */
export function describeRunner({ runner }: Report): string | null {
  const { tool, title, evidence, driver, driverEvidence, foreignKeys } = runner;
  if ((tool === 'plain' || tool === 'rowproof') && driver === 'better-sqlite3') return null;
  const by = evidence === null ? '' : ` (${evidence})`;
  const how = driverEvidence === null ? ' is assumed (--driver names another)' : ` (${driverEvidence})`;
  const under = driverEvidence === title ? driver : driver + how;
  const keys = foreignKeys === null ? '' : ` · foreign keys ${foreignKeys.on ? 'on' : 'off'} (${foreignKeys.evidence})`;
  return `${title}${by} · driver ${under}${keys}`;
}

/** The settings that decide what the migrations do, in one line. */
export function describeSettings({ settings, seed, gate }: Report): string {
  return [
    `foreign keys ${settings.foreignKeys ? 'on' : 'off'}`,
    transactions[settings.transaction],
    `double-quoted strings ${settings.doubleQuotedStrings ? 'on' : 'off'}`,
    ...(settings.engine === 'node' ? [`engine node:sqlite ${settings.sqliteVersion}`] : []),
    ...(gate === null ? [`seed ${seed}`] : []),
  ].join(' · ');
}
