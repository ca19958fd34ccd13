import { brokenCauses } from './broken-causes.ts';
import { causes } from './causes.ts';
import { doubleQuotedString } from './double-quoted-string.ts';
import { lossCauses } from './loss-causes.ts';
import { orphanCauses } from './orphan-causes.ts';
import { repeatCauses } from './repeat-causes.ts';
import { assumptionBroken } from './rules/assumption-broken.ts';
import { schemaDrift } from './schema-drift.ts';
import { codeTopics, type Topic } from './topics.ts';
import { valueCauses } from './value-causes.ts';

/** A topic with the word that it goes by. */
export interface TopicEntry extends Topic {
  readonly id: string;
}

/** Every code and every cause, codes first, each once. */
export const topics: readonly TopicEntry[] = [
  ...entries(codeTopics),
  ...causes,
  ...entries({
    ...lossCauses,
    ...valueCauses,
    ...orphanCauses,
    ...brokenCauses,
    ...repeatCauses,
    'schema-drift': schemaDrift,
    'assumption-broken': assumptionBroken,
    'double-quoted-string': doubleQuotedString,
  }).filter(({ id }) => !(id in codeTopics)),
];

function entries(table: Readonly<Record<string, Topic>>): TopicEntry[] {
  return Object.entries(table).map(([id, topic]) => ({ id, ...topic }));
}
