/** The reasons why the harness could not run: one word per remedy. The set is closed, so that callers can switch over it. */
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
  | 'bad-dump'
  | 'copy-differs'
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
 * The inputs were unusable, so there is no verdict (exit code 2). A bad migration is a finding and never this; any
 * other error is a bug of ours and keeps its stack.
 *
 * `cause` is the error of SQLite, Node or the user's code. In jobs on production rows (`gate`, `migrate`, `profile`) it
 * keeps its kind, its code and its frames, but no message, unless values may be shown: Node prints uncaught causes.
 */
export class HarnessError extends Error {
  override readonly name = 'HarnessError';
  readonly code: HarnessErrorCode;
  /** One sentence of advice, or null if the message suffices. */
  readonly remedy: string | null;
  /** The numbers and names in the message, for programs. */
  readonly facts: Readonly<Record<string, string | number>>;
  /**
   * Whether its maker made sure that it holds no value of a row, although it quotes its cause. Jobs on production rows
   * remove the quotations from all other errors.
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
