/** Why the harness could not run: one word per remedy. Closed, so that callers can switch over it. */
export type HarnessErrorCode =
  | 'bad-config'
  | 'bad-flag'
  | 'folder-missing'
  | 'folder-empty'
  | 'folder-of-another-tool'
  | 'bad-journal'
  | 'file-unreadable'
  | 'file-not-utf8'
  | 'duplicate-version'
  | 'version-too-large'
  | 'bad-directive'
  | 'bad-base'
  | 'bad-seed'
  | 'bad-profile'
  | 'bad-invariant'
  | 'database-missing'
  | 'database-locked'
  | 'database-unreadable'
  | 'database-damaged'
  | 'ledger-missing'
  | 'ledger-blocked'
  | 'ledger-foreign'
  | 'ledger-ahead'
  | 'history-edited'
  | 'migration-failed'
  | 'unknown-version'
  | 'function-missing'
  | 'statement-refused'
  | 'rows-unreadable'
  | 'output-unwritable'
  | 'disk-full'
  | 'disk-failed'
  | 'out-of-memory'
  | 'too-many-files'
  | 'node-too-old'
  | 'programs-not-allowed'
  | 'bad-programs'
  | 'unsupported';

/**
 * The inputs were unusable, so there is no verdict (exit code 2). A bad migration is a finding and never this;
 * any other error is a bug of ours and keeps its stack.
 *
 * `cause` is what SQLite, Node or the user's code threw. Of jobs on production rows (`gate`, `migrate`, `profile`) it has
 * its kind, its code and its frames, and no message, unless values may be shown: Node prints causes that nobody catches.
 */
export class HarnessError extends Error {
  override readonly name = 'HarnessError';
  readonly code: HarnessErrorCode;
  /** What to do about it, one sentence, or null where the message says it all. */
  readonly remedy: string | null;
  /** The numbers and names in the message, for programs. */
  readonly facts: Readonly<Record<string, string | number>>;
  /**
   * Whether whoever made it has seen to it that it holds no value of a row, though it quotes its cause. Of others, jobs
   * on production rows leave out what they quote.
   */
  readonly vetted: boolean;

  constructor(
    code: HarnessErrorCode,
    message: string,
    details: {
      remedy?: string;
      facts?: Readonly<Record<string, string | number>>;
      cause?: unknown;
      vetted?: boolean;
    } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.remedy = details.remedy ?? null;
    this.facts = details.facts ?? {};
    this.vetted = details.vetted ?? false;
  }
}
