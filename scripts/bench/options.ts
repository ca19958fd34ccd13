/** The options of `pnpm bench`, as its user gives them. */
export interface BenchOptions {
  /** The size of the gate's file, such as `5GB`. */
  readonly size?: string | undefined;
  /** The journal mode of the gate's file: `wal` or `delete`; both when it is left out. */
  readonly journal?: string | undefined;
  /** The runs of the gate's bench, such as `rebuild,profile`; `each` for all of them, one by one. */
  readonly only?: string | undefined;
  /** Whether the gate runs once more under a profiler, which tells its parts. */
  readonly parts?: boolean | undefined;
}
