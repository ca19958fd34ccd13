import type { Severity } from '../model/finding.ts';

/** What there is to know about a code or a cause, for reports, `rowproof explain` and the README alike. */
export interface Topic {
  /** What happened, in a few words. */
  readonly title: string;
  readonly severity: Severity;
  /** Why SQLite does that. */
  readonly why: string;
  /** What to write instead. */
  readonly instead: string;
  readonly bad: string;
  readonly good: string;
  /** The page of SQLite's documentation that the rule comes from. */
  readonly link: string;
}
