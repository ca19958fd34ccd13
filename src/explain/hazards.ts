import type { Finding, FindingCode } from '../model/finding.ts';
import type { HazardLabel } from '../model/hazard.ts';

/** Errors whatever rows there are: the schema or a rule of the project's own is broken. */
const regardless: ReadonlySet<FindingCode> = new Set([
  'fails-on-empty',
  'schema-differs',
  'history-edited',
  'invariant-broken',
  'object-broken',
]);

/**
 * Says of a finding which hazards it takes. Nobody has shown that production holds them, so it is a warning, unless its
 * code does not depend on rows.
 */
export function blameHazards(finding: Finding, hazards: readonly HazardLabel[]): Finding {
  if (hazards.length === 0) return finding;
  const severity = finding.severity === 'error' && !regardless.has(finding.code) ? 'warning' : finding.severity;
  const labels = hazards.map(({ kind, table, columns, needs, query }) => ({ kind, table, columns, needs, query }));
  return { ...finding, severity, hazards: labels };
}

/** How many other messages are told where hazards fail one statement in several. */
const otherMessages = 2;

/** The same finding by other hazards, with what SQLite said of those where it is something else. */
export function mergeHazards(known: Finding, other: Finding): Finding {
  const had = new Set(known.hazards.map(({ query }) => query));
  const hazards = [...known.hazards, ...other.hazards.filter(({ query }) => !had.has(query))];
  if (other.code !== 'fails-on-rows' || other.message === known.message) return { ...known, hazards };
  const said = `Also: ${other.message}.`;
  const told = known.details.filter((detail) => detail.startsWith('Also: '));
  const details = told.includes(said) || told.length >= otherMessages ? known.details : [...known.details, said];
  return { ...known, hazards, details };
}
