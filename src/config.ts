// This room checks what rowproof.config.ts and flags say, and fills in the defaults.
import type { z } from 'zod';
import { type Config, configKeys, type TestConfig, testKeys } from './config/keys.ts';
import { problemsOf, remedyFor } from './config/problems.ts';
import { HarnessError } from './errors.ts';

export type { CheckDataset, Config, FailOn, TestConfig } from './config/keys.ts';
export { type ResolvedConfig, resolveConfig } from './config/resolved.ts';

/** Types a config: `export default defineConfig({ … })`. Returns what it is given. */
export function defineConfig(config: Config): Config {
  return config;
}

/**
 * Checks the value of a config module or a caller.
 * @param shownAs its name in the error.
 * @throws HarnessError `bad-config` naming every key that is wrong.
 */
export function parseConfig(value: unknown, shownAs: string): Config {
  return parse(configKeys, value, shownAs);
}

/**
 * Checks the argument of `testMigrations`: a config, and the time limit of a test.
 * @throws HarnessError as `parseConfig`
 */
export function parseTestConfig(value: unknown): TestConfig {
  return parse(testKeys, value, 'The config of testMigrations');
}

function parse<Parsed>(keys: z.ZodObject & z.ZodType<Parsed>, value: unknown, shownAs: string): Parsed {
  const parsed = readSafely(keys, value, shownAs);
  if (parsed.success) return parsed.data;
  throw new HarnessError('bad-config', `${shownAs} is not usable: ${problemsOf(parsed.error).join('; ')}.`, {
    remedy: remedyFor(parsed.error, value, keys) ?? keysRemedy(parsed.error, keys),
    facts: { file: shownAs },
  });
}

/** All keys are worth a list only where one is unknown. */
function keysRemedy({ issues }: z.ZodError, keys: z.ZodObject): string {
  const isUnknown = issues.some(({ code, path }) => code === 'unrecognized_keys' && path.length === 0);
  return isUnknown ? `The keys are ${Object.keys(keys.shape).join(', ')}.` : 'Correct the value.';
}

/** Reading a value of the user may run code of the user: getters, proxies. */
function readSafely<Parsed>(keys: z.ZodType<Parsed>, value: unknown, shownAs: string): z.ZodSafeParseResult<Parsed> {
  try {
    return keys.safeParse(value);
  } catch (cause) {
    throw new HarnessError('bad-config', `${shownAs} is not usable: reading one of its keys throws.`, {
      remedy: 'Write plain values instead of getters.',
      facts: { file: shownAs },
      cause,
    });
  }
}
