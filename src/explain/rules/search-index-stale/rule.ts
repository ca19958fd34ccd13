import type { StaleSearchIndex } from '../../../model/facts.ts';
import type { FindingOf } from '../../../model/finding.ts';
import { finding, placeOf, type RuleContext, statementOf } from '../../context.ts';
import { byStatement, otherStatements } from '../../format.ts';
import type { OfKind, Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';

/** Full-text indexes that do not match their content. */
function searchIndexStale(
  differences: readonly OfKind<'stale-index'>[],
  { migration, side }: RuleContext,
): FindingOf<'search-index-stale'>[] {
  const indexes = byStatement(differences).map(({ table, content, statement }) => ({ table, content, statement }));
  const [first] = indexes;
  if (first === undefined) return [];
  return [
    finding(placeOf(migration, statementOf(migration, first.statement), first.table), side, {
      code: 'search-index-stale',
      cause: 'search-index-stale',
      topic,
      ...describeAll(indexes),
      facts: { indexes },
    }),
  ];
}

/** Adds the indexes that only another dataset saw out of step. */
function mergeStale(
  known: FindingOf<'search-index-stale'>,
  other: FindingOf<'search-index-stale'>,
): FindingOf<'search-index-stale'> {
  const had = known.facts.indexes;
  const added = other.facts.indexes.filter(({ table }) => !had.some((index) => index.table === table));
  const indexes = [...had, ...added];
  return { ...known, ...describeAll(indexes), facts: { indexes } };
}

function describeAll(indexes: readonly StaleSearchIndex[]): { message: string; details: string[] } {
  return { message: indexes.map(describe).join(', '), details: otherStatements(indexes) };
}

function describe({ table, content }: StaleSearchIndex): string {
  return `${table} does not match the content of ${content}`;
}

const topic: Topic = {
  title: 'leaves a search index out of step',
  severity: 'error',
  why: 'A full-text index with external content is filled only by \'rebuild\' or by triggers. Searches miss rows that existed before it, or whose rowids a copy changes, and the next UPDATE or DELETE of such a row may end with "database disk image is malformed".',
  instead: "Fill the index after the last statement that writes its content: INSERT INTO t (t) VALUES ('rebuild').",
  bad: "CREATE VIRTUAL TABLE recipe_search USING fts5(title, content = 'recipes', content_rowid = 'id');",
  good: "CREATE VIRTUAL TABLE recipe_search USING fts5(title, content = 'recipes', content_rowid = 'id');\nINSERT INTO recipe_search (recipe_search) VALUES ('rebuild');",
  link: 'https://sqlite.org/fts5.html#external_content_tables',
};

/** The rule of `search-index-stale`. */
export const searchIndexStaleRule = {
  code: 'search-index-stale',
  topic,
  causes: {},
  dependsOnRows: true,
  objects: ({ facts: { indexes } }) => indexes.map(({ table }) => table),
  merge: mergeStale,
  readings: { 'stale-index': { key: ({ table }) => [table], explain: searchIndexStale } },
} satisfies Rule<'search-index-stale'>;
