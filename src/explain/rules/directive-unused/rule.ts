import type { Side } from '../../../model/dataset.ts';
import type { FindingOf } from '../../../model/finding.ts';
import type { Migration } from '../../../model/history.ts';
import { finding, placeOfDirective } from '../../context.ts';
import type { Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';

/** A directive that has no effect. */
export interface UnusedDirective {
  readonly migration: Migration;
  readonly kind: 'allow' | 'assume' | 'assume-keys' | 'unread';
  /** How a comment is written that is not read. */
  readonly form?: string;
  /** As it is written, without the reason: `allow rows-lost sessions`. */
  readonly text: string;
  /** Null where it names none. */
  readonly table: string | null;
  readonly line: number | null;
}

/** A claim that accepted nothing, an assumption that rules out nothing that the schema allows, or a comment that is not read. */
export function directiveUnused(
  { migration, kind, text, form, table, line }: UnusedDirective,
  sides: readonly Side[],
): FindingOf<'directive-unused'> {
  const unused = finding(placeOfDirective(migration, line, table), sides[0] ?? 'empty', {
    code: 'directive-unused',
    cause: 'directive-unused',
    topic,
    message: `"${text}" ${kind === 'unread' ? `is not read; a directive is written ${form}` : reasons[kind]}`,
    details: line === null ? ['It stands in the config.'] : [],
    facts: { directive: text },
  });
  return { ...unused, datasets: sides };
}

const reasons: Readonly<Record<Exclude<UnusedDirective['kind'], 'unread'>, string>> = {
  allow: 'accepted nothing on any dataset',
  assume: 'rules out nothing that the schema allows',
  'assume-keys': 'rules out nothing: no migration checks a declared key of older rows again',
};

const topic: Topic = {
  title: 'contains a directive without effect',
  severity: 'warning',
  why: 'Either the loss that it accepts does not happen, or the schema already guarantees its assumption. The directive misleads its readers.',
  instead: 'Remove it, or correct its table, column or code.',
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
