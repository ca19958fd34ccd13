/** How long and how large a run may become before it is ended without a verdict; null where there is no limit. */
export interface Limits {
  /** Milliseconds for one SQL statement of the user's, or one call of a function of the config. */
  readonly statement: number | null;
  /** Milliseconds for one migration on one dataset, with all that is looked at before and after. */
  readonly step: number | null;
  /** Milliseconds for all steps on one dataset. */
  readonly dataset: number | null;
  /** Milliseconds for loading one module of the user's. */
  readonly loading: number | null;
  /** Bytes that the process may take. */
  readonly memory: number | null;
}
