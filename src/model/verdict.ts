/** The answer of a gate. */
export interface Verdict {
  /** Whether the pending migrations may be deployed. */
  readonly go: boolean;
  /** The reason, as one clause without a full stop. */
  readonly because: string;
}
