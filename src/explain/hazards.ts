import { identityOf } from '../hazards/hazards.ts';
import type { Finding } from '../model/finding.ts';
import type { HazardLabel } from '../model/hazard.ts';
import { rules } from './rules/rules.ts';

/**
 * Adds the hazards that a finding needs; their queries tell whether production has such rows. Production is not known to
 * hold them, so the finding becomes a warning, unless its code does not depend on rows.
 */
export function blameHazards(finding: Finding, hazards: readonly HazardLabel[]): Finding {
  if (hazards.length === 0) return finding;
  const { dependsOnRows, isGraveOnAnyRow = !dependsOnRows } = rules[finding.code];
  const severity = finding.severity === 'error' && !isGraveOnAnyRow ? 'warning' : finding.severity;
  return {
    ...finding,
    severity,
    hazards: hazards.map(labelOf),
    faults: finding.faults.map((fault) => ({ ...fault, query: null })),
  };
}

/** The label alone, without the rows. */
function labelOf({ kind, table, columns, needs, query, listsRows, and }: HazardLabel): HazardLabel {
  const label = { kind, table, columns, needs, query, ...(listsRows && { listsRows }) };
  return { ...label, ...(and && { and: and.map(labelOf) }) };
}

/** The limit on further messages if hazards fail one statement in several ways. */
const otherMessages = 2;

/** Merges the same finding by other hazards, with SQLite's message for them if it is a different one. */
export function mergeHazards(known: Finding, other: Finding): Finding {
  const had = new Set(known.hazards.map(identityOf));
  const hazards = [...known.hazards, ...other.hazards.filter((hazard) => !had.has(identityOf(hazard)))];
  const quotesSqlite = other.code === 'fails-on-rows' || other.code === 'not-atomic';
  if (!quotesSqlite || other.message === known.message) return { ...known, hazards };
  const said = `Also: ${other.message}.`;
  const told = known.details.filter((detail) => detail.startsWith('Also: '));
  const details = told.includes(said) || told.length >= otherMessages ? known.details : [...known.details, said];
  return { ...known, hazards, details };
}
