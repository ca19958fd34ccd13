/** The limits of time and memory at which a run ends without a verdict; null means no limit. */
export interface Limits {
  /** Milliseconds for one SQL statement of the user, or one call of a function of the config. */
  readonly statement: number | null;
  /** Milliseconds for one migration on one dataset, including the reading before and after. */
  readonly step: number | null;
  /** Milliseconds for all steps on one dataset. */
  readonly dataset: number | null;
  /** Milliseconds for loading one module of the user. */
  readonly loading: number | null;
  /** Bytes that the process may use. */
  readonly memory: number | null;
}
