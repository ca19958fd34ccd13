import type { Side } from '../../../model/dataset.ts';
import type { FindingOf } from '../../../model/finding.ts';
import type { Migration } from '../../../model/history.ts';
import { finding, placeOfDirective } from '../../context.ts';
import type { Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';

/** A directive without effect. */
export interface UnusedDirective {
  readonly migration: Migration;
  readonly kind: 'allow' | 'assume';
  /** As it is written, without the reason: `allow rows-lost sessions`. */
  readonly text: string;
  /** Null where it names none. */
  readonly table: string | null;
  readonly line: number | null;
}

/** A claim that accepted nothing, or an assumption that rules out nothing that there could be. */
export function directiveUnused(
  { migration, kind, text, table, line }: UnusedDirective,
  sides: readonly Side[],
): FindingOf<'directive-unused'> {
  const why = kind === 'allow' ? 'accepted nothing on any dataset' : 'rules out nothing that the schema allows';
  const unused = finding(placeOfDirective(migration, line, table), sides[0] ?? 'empty', {
    code: 'directive-unused',
    cause: 'directive-unused',
    topic,
    message: `"${text}" ${why}`,
    details: line === null ? ['It stands in the config.'] : [],
    facts: { directive: text },
  });
  return { ...unused, datasets: sides };
}

const topic: Topic = {
  title: 'says a directive that has no effect',
  severity: 'warning',
  why: 'Nothing that it accepts happens, or the schema rules out what it assumes; whoever reads it believes otherwise.',
  instead: 'Take it out, or correct the table, the column or the code that it names.',
  bad: '-- rowproof: allow rows-lost sesions -- sessions are short',
  good: '-- rowproof: allow rows-lost sessions -- sessions are short',
  link: 'https://sqlite.org/lang_comment.html',
};

/** The rule of `directive-unused`, which no difference becomes. */
export const directiveUnusedRule = {
  code: 'directive-unused',
  topic,
  causes: {},
  dependsOnRows: false,
  objects: ({ facts: { directive } }) => [directive],
  readings: {},
} satisfies Rule<'directive-unused'>;
