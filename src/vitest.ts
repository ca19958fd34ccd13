// This room is the edge to vitest: each step becomes a test, and each finding fails one.
import { describe, type TestContext, test } from 'vitest';
import type { TestConfig } from './config.ts';
import type { ReportedFinding, Severity } from './model/finding.ts';
import { printable } from './report/printable.ts';
import { describeFinding, findingFailure, framesAbove, inputFailure, repeatedFailure } from './suite/failure.ts';
import { planSuite, type Suite, type TestSide } from './suite/plan.ts';
import { readVerdict, type SideVerdict } from './suite/verdict.ts';
import { showSource } from './vitest/source.ts';

export type { TestConfig } from './config.ts';

/**
 * Registers a test for every migration on the empty database and on every dataset, as `<folder> > <dataset> >
 * <migration>`.
 *
 * The pipeline of a dataset runs once, when a test first asks for its result, so that any test may run alone and in any
 * order. A test fails with the finding, which the
 * first test that shows it tells in full; a migration that was not run is skipped with the reason; findings below
 * `failOn` become annotations. If a statement or a function of yours exceeds `limits`, no test could end it, so the
 * worker's process is killed after a message on its standard error that names the endless part.
 * @throws at the caller's line, before any test is registered, when the config or a folder cannot be used.
 */
export function testMigrations(config: TestConfig): void {
  const call = framesAbove(testMigrations);
  const suite = planTests(config, call);
  const told: Told = new Map();
  describe(printable(suite.directory), () => {
    for (const side of suite.sides) {
      describe(side, () => registerTests(suite, side, told, call));
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

/** The side on which each finding was told in full, by its fingerprint. */
type Told = Map<string, TestSide>;

function registerTests(
  { migrations, failOn, timeout, run }: Suite,
  side: TestSide,
  told: Told,
  call: readonly string[],
): void {
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
      await conclude(readVerdict(report, name, side, failOn), { side, told }, context);
    });
  }
}

async function conclude(
  { failing, remarks, skipped }: SideVerdict,
  { side, told }: { readonly side: TestSide; readonly told: Told },
  context: TestContext,
): Promise<void> {
  const isNew = ({ fingerprint }: ReportedFinding): boolean => (told.get(fingerprint) ?? side) === side;
  const fresh = new Set([...failing, ...remarks].filter(isNew));
  for (const { fingerprint } of fresh) told.set(fingerprint, side);
  for (const finding of remarks.filter((each) => fresh.has(each))) {
    // Vitest has annotations from 3.2 on: https://vitest.dev/guide/test-annotations
    if ('annotate' in context) await context.annotate(describeFinding(finding), annotationTypes[finding.severity]);
    // The default reporter shows no annotation of a test that passes.
    if (finding.severity !== 'note') console.warn(describeFinding(finding));
  }
  for (const { file } of failing.filter((each) => fresh.has(each))) if (file !== null) await showSource(file);
  const failures = failing.map((finding) =>
    fresh.has(finding) ? findingFailure(finding) : repeatedFailure(finding, told.get(finding.fingerprint) ?? side),
  );
  // Vitest reports each error of an AggregateError by itself, at its own place.
  if (failures.length > 0) throw new AggregateError(failures);
  if (skipped !== null) context.skip(printable(skipped));
  // Some projects want an assertion in every test: https://vitest.dev/config/expect
  context.expect(failing).toEqual([]);
}

/** The words of https://vitest.dev/guide/test-annotations */
const annotationTypes: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'notice' };
