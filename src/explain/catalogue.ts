import type { CauseId } from '../model/finding.ts';
import { brokenCauses } from './broken-causes.ts';
import { failureCauses } from './causes.ts';
import { doubleQuotedString } from './double-quoted-string.ts';
import { invariantCauses } from './invariant-causes.ts';
import { lossCauses } from './loss-causes.ts';
import { orphanCauses } from './orphan-causes.ts';
import { repeatCauses } from './repeat-causes.ts';
import { schemaDrift } from './schema-drift.ts';
import { codeTopics, type Topic } from './topics.ts';
import { valueCauses } from './value-causes.ts';

/** What there is to know about each id that a finding may go by. An id without an explanation does not compile. */
export const topicOf: Readonly<Record<CauseId, Topic>> = {
  ...codeTopics,
  ...failureCauses,
  ...lossCauses,
  ...valueCauses,
  ...orphanCauses,
  ...brokenCauses,
  ...repeatCauses,
  ...invariantCauses,
  'schema-drift': schemaDrift,
  'double-quoted-string': doubleQuotedString,
};

/** A topic with the word that it goes by. */
export interface TopicEntry extends Topic {
  readonly id: string;
}

/** Every code and every cause, codes first, each once. */
export const topics: readonly TopicEntry[] = Object.entries(topicOf).map(([id, topic]) => ({ id, ...topic }));
