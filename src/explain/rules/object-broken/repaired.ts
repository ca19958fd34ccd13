import type { BrokenPart } from '../../../model/facts.ts';
import type { Finding } from '../../../model/finding.ts';
import type { Migration, Verb } from '../../../model/history.ts';
import { namesIn } from '../../../sql/names.ts';
import { foldName } from '../../../sql/quote.ts';
import { isWithinADay } from '../../../text/file-time.ts';

/**
 * Makes a note of the broken objects that the next file of the same deploy repairs: nothing writes between two files that ship
 * together.
 * @param migrations those of the history, programs as they ran.
 */
export function withoutRepaired(findings: readonly Finding[], migrations: readonly Migration[]): Finding[] {
  return findings.map((finding): Finding => {
    if (finding.code !== 'object-broken' || finding.severity === 'note') return finding;
    const at = migrations.findIndex(({ name }) => name === finding.migration);
    const next = migrations[at + 1];
    if (at < 0 || next === undefined || !isWithinADay(finding.migration, next.name)) return finding;
    if (!finding.facts.objects.every((object) => repairs(next, object))) return finding;
    return { ...finding, severity: 'note', details: [...finding.details, `${next.name} repairs it.`] };
  });
}

/** Statements that make an object anew, or take it or what it needs away. */
const repairing: ReadonlySet<Verb> = new Set<Verb>([
  'create-table',
  'create-view',
  'create-trigger',
  'drop-table',
  'drop-view',
  'drop-trigger',
  'rename-table',
]);

function repairs({ statements }: Migration, { name, message }: BrokenPart): boolean {
  const missing = /no such table: (?:main\.)?(.+)$/.exec(message)?.[1];
  const wanted = [name, ...(missing === undefined ? [] : [missing])].map(foldName);
  return statements.some(({ head, sql }) => {
    if (!repairing.has(head.verb)) return false;
    const names = namesIn(sql);
    return wanted.some((each) => names.has(each));
  });
}
