import type { FindingOf } from '../../../model/finding.ts';
import type { Migration } from '../../../model/history.ts';
import type { Settings } from '../../../model/settings.ts';
import type { Runner } from '../../../model/tool.ts';
import { refusedByTool } from './rule.ts';

/**
 * A BEGIN in a file that the tool already runs in a transaction: SQLite does not nest transactions. The runner of a
 * plain folder is unknown. https://sqlite.org/lang_transaction.html
 */
export function nestedBegin(
  runner: Runner,
  migration: Migration,
  { transaction }: Pick<Settings, 'transaction'>,
): FindingOf<'refused-by-tool'>[] {
  const isWrapped = (migration.settings?.transaction ?? transaction) !== 'none';
  const isOwn = runner.tool === 'plain' || runner.tool === 'rowproof';
  if (isOwn || !isWrapped || !migration.ownTransaction) return [];
  const begin = migration.statements.find(({ head }) => head.verb === 'begin');
  const isKnown = migration.refusals?.some(({ statement }) => statement === begin?.index) ?? false;
  if (begin === undefined || isKnown) return [];
  const why = `${runner.title} has already begun a transaction, and SQLite refuses BEGIN inside a transaction`;
  return [refusedByTool(runner, migration, { statement: begin.index, why })];
}
