import type { Finding, FindingOf } from '../../../model/finding.ts';
import type { Migration } from '../../../model/history.ts';
import { sameName } from '../../../sql/quote.ts';
import { renamedColumn } from '../../../sql/write-text.ts';
import { withParts } from '../dropped.ts';

type Lost = FindingOf<'constraint-dropped'>;

/**
 * Leaves out the lost defaults that SQLite had asked for: a column that is NOT NULL can be added only with a default
 * (https://sqlite.org/lang_altertable.html#altertabaddcol), and a later rebuild that writes the column without it says what
 * was meant from the first.
 * @param migrations those of the history, programs as they ran.
 */
export function withoutForcedDefaults(findings: readonly Finding[], migrations: readonly Migration[]): Finding[] {
  return findings.flatMap((finding): Finding[] => {
    if (finding.code !== 'constraint-dropped' || finding.cause !== 'default-dropped') return [finding];
    const end = migrations.findIndex(({ name }) => name === finding.migration);
    const earlier = migrations.slice(0, end + 1);
    const parts = finding.facts.parts.filter(
      ({ table, columns }) => !columns.every((column) => isForced(earlier, table, column)),
    );
    return parts.length === finding.facts.parts.length ? [finding] : shortened(finding, parts);
  });
}

function shortened(finding: Lost, parts: Lost['facts']['parts']): Finding[] {
  return parts.length === 0 ? [] : [{ ...finding, ...withParts(parts) }];
}

/** Whether the column came by ADD COLUMN with NOT NULL and a default, whatever it was called then. */
function isForced(migrations: readonly Migration[], table: string, column: string): boolean {
  let called = column;
  for (const { head, sql } of migrations.flatMap(({ statements }) => statements).reverse()) {
    if (!sameName(head.target ?? '', table)) continue;
    if (head.verb === 'rename-column' && sameName(renamedColumn(sql) ?? '', called)) called = head.column ?? called;
    if (head.verb === 'add-column' && sameName(head.column ?? '', called))
      return /\bnot\s+null\b/i.test(sql) && /\bdefault\b/i.test(sql);
  }
  return false;
}
