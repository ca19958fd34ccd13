import type { Migration, Verb } from '../../model/history.ts';
import { foldName } from '../../sql/quote.ts';

/** The statements for which a table was emptied. */
const reshaping: ReadonlySet<Verb> = new Set([
  'add-column',
  'alter-table',
  'drop-table',
  'rename-table',
  'create-index',
]);

/**
 * The tables, folded, that `last` left empty for what `next` does: emptied there and altered here, or made there and
 * here filled and given the name of the one that they replace. Files that are written so ship together, so that
 * nobody puts rows in between.
 */
export function keptEmpty(last: Migration | undefined, next: Migration | undefined): ReadonlySet<string> {
  const emptied = new Set<string>();
  const made = new Set<string>();
  for (const { head, sql } of last?.statements ?? []) {
    const table = foldName(head.target ?? '');
    if (head.verb === 'delete' && !/\bWHERE\b/i.test(sql)) emptied.add(table);
    else if (head.verb === 'create-table' && head.sources.length === 0) made.add(table);
    else if (head.verb === 'insert' || head.verb === 'replace') for (const set of [emptied, made]) set.delete(table);
  }
  const reshaped = new Set<string>();
  const filled = new Set<string>();
  const replacing = new Set<string>();
  for (const { head } of next?.statements ?? []) {
    const table = foldName(head.target ?? '');
    if (reshaping.has(head.verb)) reshaped.add(table);
    if (head.verb === 'insert' && head.sources.length > 0) filled.add(table);
    if (head.verb === 'rename-table' && filled.has(table)) replacing.add(table);
  }
  return new Set([
    ...[...emptied].filter((table) => reshaped.has(table)),
    ...[...made].filter((table) => replacing.has(table)),
  ]);
}
