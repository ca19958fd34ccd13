// This room turns a run into tests: their names, their verdicts and their failures, for any test runner.
import type { TestConfig } from '../config.ts';
import type { ReportedFinding } from '../model/finding.ts';
import { describeFinding } from './failure.ts';
import { planSuite, type TestSide } from './plan.ts';
import { readVerdict } from './verdict.ts';

/** The result of a migration on one dataset, as a test of any runner. */
export interface MigrationCase {
  /** `<folder> > <dataset> > <migration>`. */
  readonly name: string;
  readonly dataset: TestSide;
  readonly migration: string;
  /** The findings from `failOn` on. */
  readonly failing: readonly ReportedFinding[];
  /** The other findings. */
  readonly remarks: readonly ReportedFinding[];
  /** The error to throw, with the failing findings as the terminal prints them; null where there are none. */
  readonly error: Error | null;
  /** The reason why there is no result; null where there is one. */
  readonly skipped: string | null;
}

/**
 * Judges every migration on the empty database and on every dataset, for test runners other than vitest. A dataset is
 * judged when its first case is asked for.
 * @throws HarnessError when the config, a folder or a file cannot be used.
 */
export async function* migrationCases(config: TestConfig): AsyncGenerator<MigrationCase, void, undefined> {
  const { directory, migrations, sides, failOn, run } = planSuite(config);
  for (const dataset of sides) {
    const report = await run(dataset);
    for (const { name: migration } of migrations) {
      const verdict = readVerdict(report, migration, dataset, failOn);
      const text = verdict.failing.map(describeFinding).join('\n\n');
      const error = text === '' ? null : new Error(text);
      yield { name: `${directory} > ${dataset} > ${migration}`, dataset, migration, ...verdict, error };
    }
  }
}
