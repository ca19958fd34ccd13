import { readAllowance } from '../directives/read.ts';
import { HarnessError } from '../errors.ts';
import { codeTopics, isCode } from '../explain/catalogue.ts';
import type { Finding, FindingCode } from '../model/finding.ts';
import type { Note } from '../model/note.ts';
import { sameName } from '../sql/quote.ts';

/** The key of the config's directives that stands for all migrations. */
export const everyMigration = '*';

/** Findings of a code, or of a code and a table, that the authors accept in every migration, with the reason. */
export interface Allowance {
  readonly code: FindingCode;
  /** Null stands for every table. */
  readonly table: string | null;
  readonly reason: string;
  /** As it is written, without the reason. */
  readonly text: string;
}

/**
 * Reads what the config accepts in every migration: `allow CODE [TABLE] -- reason`.
 * @throws HarnessError `bad-directive` for what is not understood, has no reason, or names an unknown code
 */
export function readAllowances(given: Readonly<Record<string, readonly string[]>>): Allowance[] {
  const place = "the config's directives for '*'";
  return (given[everyMigration] ?? []).map((line): Allowance => {
    const { code, table, reason } = readAllowance(line, place);
    if (!isCode(code))
      throw new HarnessError('bad-directive', `${place}: there is no finding called ${code}.`, {
        remedy: `The findings are ${codeTopics.map(({ id }) => id).join(', ')}.`,
        facts: { file: 'the config', place },
      });
    return { code, table, reason, text: table === null ? `allow ${code}` : `allow ${code} ${table}` };
  });
}

/** Takes accepted findings out of a run, and counts them. */
export interface AllowanceUse {
  /** Whether something accepts the finding; whatever does has had an effect. */
  readonly accepts: (finding: Finding) => boolean;
  /** How many findings each has accepted, in words; those without any are left out. */
  readonly notes: () => Note[];
  readonly unused: () => Allowance[];
}

/** Starts to count what each allowance accepts; the first that names a finding has it. */
export function watchAllowances(allowances: readonly Allowance[]): AllowanceUse {
  const counts = new Map<Allowance, number>();
  return {
    accepts: ({ code, table }) => {
      const allowance = allowances.find(
        (each) => each.code === code && (each.table === null || (table !== null && sameName(each.table, table))),
      );
      if (allowance === undefined) return false;
      counts.set(allowance, (counts.get(allowance) ?? 0) + 1);
      return true;
    },
    notes: () =>
      [...counts].map(([{ text, reason }, findings]) => ({
        code: 'accepted-everywhere',
        facts: { directive: text, findings, reason },
      })),
    unused: () => allowances.filter((each) => !counts.has(each)),
  };
}
