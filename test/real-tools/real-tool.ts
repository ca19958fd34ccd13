import type { Config } from '../../src/config.ts';

/** A sample with the real tool, on one driver. */
export interface RealTool {
  /** As the table of docs/tools.md names it. */
  readonly name: string;
  readonly sample: string;
  /** The folder of migrations in the sample. */
  readonly place: string;
  /** Further settings for rowproof: the driver, where the sample does not name it. */
  readonly config: Config;
  /**
   * Runs the tool over a project.
   * @param project a copy of the sample, which may be written to
   * @param file the database; the tool makes it where it is not there
   * @param count how many of the migrations lie in the folder, the first ones; null for all
   * @throws when the tool fails, with what it printed
   */
  readonly apply: (project: string, file: string, count: number | null) => Promise<void> | void;
}
