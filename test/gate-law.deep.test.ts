import { describe, expect, test } from 'vitest';
import type { EngineName } from '../src/model/settings.ts';
import { holdToTheLaw, ruleOutWarnings, whyNot } from './gate-law.ts';
import { fixedConfig, type Specimen, specimens } from './specimens.ts';

describe.each<[string, EngineName | undefined, readonly Specimen[]]>([
  ['its own engine', undefined, specimens],
  ['node:sqlite', 'node', specimens.filter(({ settings }) => !settings.dqs)],
])('the gate finds on a file what check finds on the same rows, with %s', (_name, engine, all) => {
  test.for<Specimen>(all)('$name', async (specimen, { skip }) => {
    const reason = whyNot(specimen, engine);
    if (reason !== null) skip(reason);
    await holdToTheLaw(specimen.config, engine);
    if (engine === undefined) await holdToTheLaw(fixedConfig(specimen));
  });
});

test.for<Specimen>(specimens)('plain rows rule out whatever check warns of in $name', async (specimen, { skip }) => {
  const reason = whyNot(specimen);
  if (reason !== null) skip(reason);
  expect(await ruleOutWarnings(specimen)).toBeGreaterThanOrEqual(0);
});
