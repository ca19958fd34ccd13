import { createHash } from 'node:crypto';
import type { Finding, FindingCode, ReportedFinding } from '../model/finding.ts';
import { isOf } from './rule.ts';
import { rules } from './rules/rules.ts';

/** The number of hexadecimal digits of a fingerprint: 64 bits make a collision within one history negligible. */
const length = 16;

/**
 * Gives each finding of a report a fingerprint of its code, cause, migration, and tables or other objects. Lines,
 * numbers of statements, counts of rows, values and datasets have no part in it. The order of the statements separates
 * findings that are equal in all of these.
 */
export function withFingerprints(findings: readonly Finding[]): ReportedFinding[] {
  const times = new Map<string, number>();
  const nth = new Map<Finding, number>();
  for (const finding of findings.toSorted((a, b) => (a.statement ?? 0) - (b.statement ?? 0))) {
    const text = JSON.stringify(identity(finding));
    const before = times.get(text) ?? 0;
    times.set(text, before + 1);
    nth.set(finding, before);
  }
  return findings.map((finding) => ({
    ...finding,
    fingerprint: digest([...identity(finding), nth.get(finding) ?? 0]),
  }));
}

function identity(finding: Finding): readonly unknown[] {
  const { code, cause, migration, table } = finding;
  const objects = (objectsOf(code, finding) ?? [table]).map((object) => JSON.stringify(object)).sort();
  return [code, cause, migration, objects];
}

function objectsOf<C extends FindingCode>(code: C, finding: Finding): readonly unknown[] | undefined {
  return isOf(code, finding) ? rules[code].objects?.(finding) : undefined;
}

function digest(identified: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(identified)).digest('hex').slice(0, length);
}
