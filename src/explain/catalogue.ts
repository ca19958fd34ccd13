import type { FindingCode } from '../model/finding.ts';
import { rules } from './rules/rules.ts';
import type { Topic } from './topic.ts';

/** A topic with its name. */
export interface TopicEntry extends Topic {
  readonly id: string;
}

/** The topic of each code. */
export const codeTopics: readonly TopicEntry[] = Object.values(rules).map(({ code, topic }) => ({
  id: code,
  ...topic,
}));

/** Whether a word is the code of a finding. */
export function isCode(word: string): word is FindingCode {
  return Object.hasOwn(rules, word);
}

const causes = new Map(Object.values(rules).flatMap((rule) => Object.entries<Topic>(rule.causes)));

/** Every code and every cause, codes first, each once. */
export const topics: readonly TopicEntry[] = [
  ...codeTopics,
  ...[...causes].filter(([id]) => !isCode(id)).map(([id, topic]) => ({ id, ...topic })),
];
