/** The three steps of each sample, run by rowproof and by the tool itself: the same tables, rows and ledger come out. */

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check } from '../../src/api.ts';
import { some } from '../breadth.ts';
import { runBeside } from './beside-tool.ts';
import { sampleWith, standsInForMissing } from './project.ts';
import { rowsNameOf, sampleTools } from './sample-tools.ts';

/** A loss, and the PRAGMA inside of a transaction that was to prevent it. */
const known: ReadonlySet<string> = new Set(['rows-lost', 'pragma-without-effect']);

describe.each(
  some(
    sampleTools.filter(({ sample }) => sample !== 'sequelize-cli' || standsInForMissing),
    3,
  ),
)('$title', (tool) => {
  const { sample, place, step, left, line, versions } = tool;
  const project = (): string => sampleWith(sample, rowsNameOf(tool), versions);

  test('leaves the rows and the ledger that the tool itself leaves', async () => {
    const { ours, theirs, differences } = await runBeside(project(), tool);
    expect({ ours, theirs, differences }).toEqual({ ours: left, theirs: step === null ? null : left, differences: [] });
  });

  test('shows what the history loses, at the line of the user’s that loses it', async () => {
    const folder = project();
    const { findings, steps } = await check({
      ...{ migrations: join(folder, place), seeds: join(folder, 'rows'), programs: true },
      dataset: ['fixture', 'one-row', 'typical'],
    });
    expect(steps.map(({ outcome }) => outcome)).not.toContain('skipped');
    const lost = findings.filter(({ code }) => code === 'rows-lost');
    expect(lost.map(({ file, line: at }) => `${file?.slice(folder.length + place.length + 2)}:${at}`)).toEqual(
      line === null ? [] : [line],
    );
    expect(findings.filter(({ code, severity }) => severity === 'error' && !known.has(code))).toEqual([]);
  });
});
