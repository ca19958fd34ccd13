import type { FailureSite } from '../model/facts.ts';
import type { Finding } from '../model/finding.ts';
import type { HazardLabel } from '../model/hazard.ts';
import { printable } from './printable.ts';

/** How many hazards of a finding are told; JSON has all. */
const shownHazards = 3;

/** How many tables' rows are told; JSON has all. */
const shownFaults = 3;

/** `migrations/0002_users.sql:4`, or an empty text for a finding without a file; printable. */
export function placeText({ file, line }: Finding): string {
  if (file === null) return '';
  return printable(line === null ? file : `${file}:${line}`);
}

/** `statement 6 of 8`, or null for a finding that comes from none. */
export function statementText({ statement, statements }: Finding): string | null {
  return statement === null ? null : `statement ${statement} of ${statements}`;
}

/** The event in one sentence, in SQLite's words where SQLite reported an error. */
export function messageText(finding: Finding): string {
  const { code, message } = finding;
  if (code === 'old-query-breaks') return finding.severity === 'note' ? `${message}.` : `SQLite: ${message}`;
  if (code !== 'fails-on-rows' && code !== 'fails-on-empty' && code !== 'not-atomic') return `${message}.`;
  // A program that is a migration fails in words of its own.
  return finding.facts.sqliteCode.startsWith('PROGRAM_') ? `It said: ${message}` : `SQLite: ${message}`;
}

/** The rows that a finding needs, in one sentence; null if plain rows suffice. */
export function needsText({ hazards }: Finding): string | null {
  if (hazards.length === 0) return null;
  const shown = hazards.slice(0, shownHazards).map((hazard) =>
    withOthers(hazard)
      .map(({ needs }) => needs)
      .join(' and '),
  );
  const more = hazards.length - shown.length;
  const others = more === 0 ? [] : [more === 1 ? 'one other condition' : `one of ${more} other conditions`];
  return `It needs ${[...shown, ...others].join(', or ')}.`;
}

/** The SELECTs that tell whether production has the rows that a finding takes, or that list the rows that it is about. */
export function askTexts(finding: Finding): string[] {
  const own = asksOf(finding);
  const more = sitesOf(finding).flatMap(asksOf);
  return [...new Set([...own, ...more.slice(0, Math.max(0, shownFaults - own.length))])];
}

/** The others of the migration that fail for the same cause. */
function sitesOf(finding: Finding): FailureSite[] {
  if (finding.code !== 'fails-on-rows' && finding.code !== 'not-atomic') return [];
  return (finding.facts.sites ?? []).filter((site): site is FailureSite => 'message' in site);
}

function asksOf({ hazards, faults }: Pick<Finding, 'hazards' | 'faults'>): string[] {
  const asked = hazards
    .slice(0, shownHazards)
    .flatMap(withOthers)
    .map(({ query }) => query);
  const listed = faults.flatMap(({ query }) => query ?? []);
  return [...new Set([...asked, ...listed.slice(0, shownFaults)])];
}

/** All that is said of a finding but the statement and its place, a paragraph each and printable, for formats of plain text. */
export function paragraphsOf(finding: Finding): string[] {
  const needs = needsText(finding);
  const told = [messageText(finding), ...finding.details, ...(needs === null ? [] : [needs])];
  // A note gives a number and needs neither explanation nor advice.
  if (finding.severity === 'note') return told.map(printable);
  const asks = askTexts(finding).map((query) => `Ask: ${query}`);
  return [...told, `Why: ${finding.why}`, `Instead: ${finding.instead}`, ...asks].map(printable);
}

function withOthers(hazard: HazardLabel): HazardLabel[] {
  return [hazard, ...(hazard.and ?? [])];
}
