import { z } from 'zod';
import { HarnessError } from '../errors.ts';
import { jsonTypes, numberFormats, textFormats } from '../model/column-profile.ts';
import type { Profile } from '../model/profile.ts';
import { problemsOf } from './problems.ts';

const share = z.number().min(0).max(1);
const count = z.int().nonnegative();
const month = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/, 'must be a month such as 2024-03');
const span = z.object({ oldest: month, newest: month });
const bar = z.object({ from: count, to: count, count });
const lengths = z.object({ min: count, p50: count, p95: count, max: count });
const duplicates = z.object({ distinct: count, sizes: z.array(bar), largest: count });

const numbers = z.object({
  min: z.number(),
  max: z.number(),
  zero: share,
  negative: share,
  integral: share,
  unsafe: share,
  formats: z.partialRecord(z.enum(numberFormats), share),
  span: span.nullable(),
});

const types = z.partialRecord(z.enum(jsonTypes), share);
const json = z.object({
  valid: share,
  malformed: share,
  types,
  paths: z.array(z.object({ path: z.string().startsWith('$'), share, types })),
});

const texts = z.object({
  empty: share,
  length: lengths,
  nonAscii: share,
  upperCase: share,
  outerSpace: share,
  numeric: share,
  leadingZero: share,
  formats: z.partialRecord(z.enum(textFormats), share),
  span: span.nullable(),
  json: json.nullable(),
});

const values = z.object({
  members: z.array(
    z.object({ value: z.union([z.string(), z.number()]), storage: z.enum(['integer', 'real', 'text']), share }),
  ),
  other: share,
  others: count,
});

const column = z.object({
  name: z.string(),
  storage: z.object({ null: share, integer: share, real: share, text: share, blob: share }),
  isDefault: share.nullable(),
  duplicates: duplicates.nullable(),
  caseVariants: count,
  numbers: numbers.nullable(),
  texts: texts.nullable(),
  blobs: z.object({ empty: share, length: lengths, jsonb: share }).nullable(),
  values: values.nullable(),
});

const table = z.object({
  name: z.string(),
  rows: count,
  // Older profiles tell of all tables.
  tiny: z.boolean().default(false),
  sampled: count.nullable(),
  rowids: z.object({ min: z.number(), max: z.number(), gaps: share }).nullable(),
  sequenceAhead: z.number().nonnegative().nullable(),
  columns: z.array(column),
  keys: z.array(
    z.object({
      columns: z.array(z.string()),
      indexes: z.array(z.string()),
      nulls: count,
      duplicates: duplicates.nullable(),
    }),
  ),
  foreignKeys: z.array(
    z.object({
      columns: z.array(z.string()),
      parent: z.string(),
      parentColumns: z.array(z.string()),
      nulls: share,
      orphans: count,
      orphanShare: share,
      missingParents: count,
      children: z.array(bar).nullable(),
      most: count,
    }),
  ),
});

const profile: z.ZodType<Profile> = z.object({
  rowproof: z.string(),
  profileVersion: z.literal(1, 'this rowproof reads only profiles of version 1'),
  source: z.object({
    ledgerVersion: count.nullable(),
    at: count.nullable(),
    atId: z.string().nullable().optional(),
    userVersion: z.int(),
    applicationId: z.int(),
    sqliteVersion: z.string().nullable(),
    pageSize: count,
    pageCount: count,
    freePages: count,
    pageFill: z.number().min(0).max(1).nullable().optional(),
    encoding: z.string(),
    journalMode: z.enum(['wal', 'rollback']),
    autoVacuum: z.enum(['none', 'full', 'incremental']),
  }),
  atLeast: z.int().min(1),
  tables: z.array(table),
  unread: z.array(z.object({ table: z.string(), reason: z.string() })),
});

/** Problems that an error lists; a file of another kind has hundreds. */
const problemLimit = 5;

/**
 * Reads the text of a profile file.
 * @param shownAs the name of the file in the error.
 * @throws HarnessError `bad-profile` naming the fault by its path in the file.
 */
export function parseProfile(text: string, shownAs: string): Profile {
  const parsed = profile.safeParse(readJson(text, shownAs));
  if (parsed.success) return parsed.data;
  const problems = problemsOf(parsed.error);
  const more = problems.length > problemLimit ? `; and ${problems.length - problemLimit} more` : '';
  throw unusable(shownAs, `${problems.slice(0, problemLimit).join('; ')}${more}`);
}

function readJson(text: string, shownAs: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unusable(shownAs, 'it is not JSON', cause);
  }
}

function unusable(file: string, problem: string, cause?: unknown): HarnessError {
  return new HarnessError('bad-profile', `${file} is not a usable profile: ${problem}.`, {
    remedy: 'Capture it again: rowproof profile --db FILE',
    facts: { file },
    cause,
  });
}
