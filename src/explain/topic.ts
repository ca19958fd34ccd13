import type { Severity } from '../model/finding.ts';

/** The explanation of a code or a cause, for reports, `rowproof explain` and the README. */
export interface Topic {
  /** A few words on the event. */
  readonly title: string;
  readonly severity: Severity;
  /** The reason for SQLite's behaviour. */
  readonly why: string;
  /** The advice. */
  readonly instead: string;
  readonly bad: string;
  readonly good: string;
  /** The page of SQLite's documentation that the rule comes from. */
  readonly link: string;
}
