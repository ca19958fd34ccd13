import { z } from 'zod';
import { HarnessError } from '../errors.ts';
import { drillKinds } from '../model/drill.ts';
import type { ProfileRequest } from '../model/profile.ts';
import type { CheckOptions, DrillRequest, DrillSoFar, GateOptions, MigrateRequest } from '../model/request.ts';
import type { SeedRequest } from '../model/seeding.ts';
import { problemsOf } from './problems.ts';

const file = z.string().min(1, 'must name a file');
const migration = z
  .union([z.int().nonnegative(), z.string().min(1)], 'must be the id or number of a migration')
  .optional();
const flag = z.boolean().optional();
const names = z.array(z.string()).optional();
const progress = z
  .custom<(what: string) => void>((value) => typeof value === 'function', 'must be a function')
  .optional();

/** Which faults a drill injects. */
const faultChoice = {
  faults: z.int().min(1).optional(),
  kinds: z.array(z.enum(drillKinds)).optional(),
  replay: z.string().optional(),
  configFile: z.string().nullable().optional(),
  found: z.custom<(soFar: DrillSoFar) => void>((value) => typeof value === 'function', 'must be a function').optional(),
};

const clock = z.custom<() => number>((value) => typeof value === 'function', 'must be a function').optional();

/** Checks a caller's request to each command of the API, like the flags of the command line. */
export const requests = {
  check: checkedBy<CheckOptions>('check', z.strictObject({ db: file.optional(), picture: flag })),
  drill: checkedBy<DrillRequest>('drill', z.strictObject({ ...faultChoice, only: z.string().optional(), progress })),
  gate: checkedBy<GateOptions>(
    'gate',
    z.strictObject({
      ...{ file, at: migration, progress, picture: flag, keep: file.optional(), clock },
      drill: z.strictObject(faultChoice).optional(),
    }),
  ),
  migrate: checkedBy<MigrateRequest>('migrate', z.strictObject({ file, to: migration, at: migration, dryRun: flag })),
  profile: checkedBy<ProfileRequest>(
    'profile',
    // The capture checks the smallest number of rows itself.
    z.strictObject({
      file,
      at: migration,
      keepValues: names,
      keepKeys: names,
      atLeast: z.number().optional(),
      progress,
    }),
  ),
  seed: checkedBy<SeedRequest>('seed', z.strictObject({ file, at: migration, force: flag, progress })),
};

/** @returns a function that throws HarnessError `bad-config` naming every key that is wrong. */
function checkedBy<Request>(command: string, schema: z.ZodType<Request>): (value: unknown) => Request {
  return (value) => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    throw new HarnessError(
      'bad-config',
      `The request of ${command} is not usable: ${problemsOf(parsed.error).join('; ')}.`,
      {
        remedy: 'The types of rowproof list its keys.',
      },
    );
  };
}
