// This room is the edge to vitest: each step becomes a test, and each finding fails one.
import { describe, type TestContext, test } from 'vitest';
import type { TestConfig } from './config.ts';
import type { Severity } from './model/finding.ts';
import { printable } from './report/printable.ts';
import { describeFinding, findingFailure, framesAbove, inputFailure } from './vitest/failure.ts';
import { showSource } from './vitest/source.ts';
import { planSuite, type Suite, type TestSide } from './vitest/suite.ts';
import { readVerdict, type Verdict } from './vitest/verdict.ts';

export type { TestConfig } from './config.ts';

/**
 * Registers a test for every migration on the empty database and on every dataset, as `<folder> > <dataset> >
 * <migration>`.
 *
 * The pipeline of a dataset runs once, when a test first asks for its result, so that any test may run alone and in any
 * order. A test fails with the finding; a migration that was not run is skipped with the reason; findings below
 * `failOn` become annotations. If a statement or a function of yours exceeds `limits`, no test could end it, so the
 * worker's process is killed after a message on its standard error that names the endless part.
 * @throws at the caller's line, before any test is registered, when the config or a folder cannot be used.
 */
export function testMigrations(config: TestConfig): void {
  const call = framesAbove(testMigrations);
  const suite = planTests(config, call);
  describe(printable(suite.directory), () => {
    for (const side of suite.sides) {
      describe(side, () => registerTests(suite, side, call));
    }
  });
}

function planTests(config: TestConfig, call: readonly string[]): Suite {
  try {
    return planSuite(config);
  } catch (error) {
    throw inputFailure(error, call);
  }
}

function registerTests({ migrations, failOn, timeout, run }: Suite, side: TestSide, call: readonly string[]): void {
  let started: ReturnType<Suite['run']> | undefined;
  let blamed: string | undefined;
  for (const { name } of migrations) {
    test(printable(name), { timeout }, async (context) => {
      started ??= run(side);
      const report = await started.catch((error: unknown) => {
        // Inputs fail one test, whichever comes first; it stays the one, so that a retry fails as well.
        blamed ??= name;
        if (blamed !== name) context.skip(`there is no result, as ${printable(blamed)} tells`);
        throw inputFailure(error, call);
      });
      await conclude(readVerdict(report, name, side, failOn), context);
    });
  }
}

async function conclude({ failing, remarks, skipped }: Verdict, context: TestContext): Promise<void> {
  for (const finding of remarks) await context.annotate(describeFinding(finding), annotationTypes[finding.severity]);
  for (const { file } of failing) if (file !== null) await showSource(file);
  // Vitest reports each error of an AggregateError by itself, at its own place.
  if (failing.length > 0) throw new AggregateError(failing.map(findingFailure));
  if (skipped !== null) context.skip(printable(skipped));
  // Some projects want an assertion in every test: https://vitest.dev/config/expect
  context.expect(failing).toEqual([]);
}

/** The words of https://vitest.dev/guide/test-annotations */
const annotationTypes: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'notice' };
