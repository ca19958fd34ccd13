import type { Route } from '../apply/walk.ts';
import type { ResolvedConfig } from '../config.ts';
import { describeColumns, queryBreaks } from '../explain/rules/old-query-breaks/rule.ts';
import { loadQueries } from '../load/queries.ts';
import type { Side } from '../model/dataset.ts';
import type { Finding, QueryCause } from '../model/finding.ts';
import type { Migration } from '../model/history.ts';
import type { Note } from '../model/note.ts';
import type { BrokenQuery, QuerySet, QueryVersion } from '../model/query.ts';
import { type QueryChange, type QueryWatch, watchQueries } from '../queries/watch.ts';
import { withoutWords } from '../sql/messages.ts';
import { withoutValues } from '../sql/parameters.ts';
import type { Plan } from './project.ts';

/** The queries of the versions around a deploy, on the databases of a run. */
export interface QueryTrial {
  /** The watch over one of them. */
  readonly watchOf: (side: Side) => QueryWatch;
  readonly findings: () => readonly Finding[];
  readonly notes: () => readonly Note[];
}

/**
 * Reads the queries that a config names. @returns null where it names none.
 * @param sides the columns of the run, in whose order a finding names them.
 * @throws HarnessError as `loadQueries`
 */
export function readQueryTrial(config: ResolvedConfig, sides: readonly Side[]): QueryTrial | null {
  if (config.queries === null && config.bothWays === null) return null;
  const old = config.queries === null ? nothing : loadQueries(config.queries);
  const coming = config.bothWays === null ? nothing : loadQueries(config.bothWays);
  const watches = new Map<Side, QueryWatch>();
  const inOrder = (): Map<Side, QueryWatch> =>
    new Map(sides.flatMap((side) => [...watches].filter(([watched]) => watched === side)));
  return {
    watchOf: (side) => {
      const watch = watches.get(side) ?? watchQueries(old.queries, coming.queries, config.settings);
      watches.set(side, watch);
      return watch;
    },
    findings: () => explainChanges(inOrder(), config.includeValues),
    notes: () => [
      ...(config.queries === null ? [] : [noteOn('old', old, watches)]),
      ...(config.bothWays === null ? [] : [noteOn('new', coming, watches)]),
    ],
  };
}

/** Whether a migration is pending for the queries: whatever nobody calls applied, and the newest alone where nobody does. */
function isPending({
  applied,
  history: { migrations },
}: Pick<Plan, 'applied' | 'history'>): (each: Migration) => boolean {
  return (each) => (applied.size > 0 ? !applied.has(each.position) : each === migrations.at(-1));
}

/** Shows the watches the databases of a walk, from the first pending migration on. */
export function observeQueries(
  trial: QueryTrial,
  plan: Pick<Plan, 'applied' | 'history'>,
): NonNullable<Route['observe']> {
  const pending = isPending(plan);
  const first = plan.history.migrations.find(pending);
  const failed = new Set<Side>();
  const open = new Set<Side>();
  return (moment, dataset, db, migration) => {
    if (!pending(migration) || failed.has(dataset)) return;
    // After a failure the dataset goes on with other rows.
    if (moment === 'before' && open.has(dataset)) failed.add(dataset);
    else if (moment === 'before') {
      open.add(dataset);
      if (migration === first) trial.watchOf(dataset).begin(db);
    } else {
      open.delete(dataset);
      trial.watchOf(dataset).after(db, migration);
    }
  };
}

/** A note where only the newest migration counts as pending, because nobody says which are applied. */
export function noteNewest({ applied, history: { migrations } }: Pick<Plan, 'applied' | 'history'>): Note[] {
  const newest = migrations.at(-1);
  if (applied.size > 0 || newest === undefined || migrations.length === 1) return [];
  return [{ code: 'queries-newest', facts: { migration: newest.name } }];
}

const nothing: QuerySet = { queries: [], others: 0, alike: 0 };

/** A kind of change of one migration, with the statements and the sides that show it. */
interface Group {
  readonly migration: Migration;
  readonly cause: QueryCause;
  readonly queries: Map<string, BrokenQuery>;
  readonly sides: Set<Side>;
}

function explainChanges(watches: ReadonlyMap<Side, QueryWatch>, includeValues: boolean): Finding[] {
  const groups = new Map<string, Group>();
  for (const [side, watch] of watches) {
    const showValues = includeValues || (side !== 'copy' && side !== 'profile');
    for (const change of watch.outcome().changes) {
      const { migration, query } = change;
      const cause = causeOf(change);
      const key = JSON.stringify([migration.position, cause]);
      const group = groups.get(key) ?? { migration, cause, queries: new Map(), sides: new Set() };
      groups.set(key, group);
      group.sides.add(side);
      const place = `${query.file}:${query.line}`;
      if (!group.queries.has(place)) group.queries.set(place, describe(change, showValues, includeValues));
    }
  }
  return [...groups.values()]
    .toSorted((a, b) => a.migration.position - b.migration.position || order[a.cause] - order[b.cause])
    .flatMap(({ migration, cause, queries, sides: [first, ...others] }) =>
      first === undefined ? [] : [queryBreaks(migration, [first, ...others], cause, [...queries.values()])],
    );
}

const order: Readonly<Record<QueryCause, number>> = {
  'old-query-breaks': 0,
  'old-write-refused': 1,
  'new-query-fails': 2,
  'result-columns-differ': 3,
};

function causeOf(change: QueryChange): QueryCause {
  if (change.kind === 'differs') return 'result-columns-differ';
  if (change.version === 'new') return 'new-query-fails';
  const isRefused = change.failure.isCompiled && change.query.head.verb !== 'select';
  return isRefused ? 'old-write-refused' : 'old-query-breaks';
}

/** @param showsText whether the values in the text of a statement may appear, which an application may have run. */
function describe(change: QueryChange, showValues: boolean, showsText: boolean): BrokenQuery {
  const { file, line, sql } = change.query;
  const place = { file, line, sql: showsText ? sql : withoutValues(sql) };
  if (change.kind === 'differs')
    return { ...place, code: 'SQLITE_OK', message: describeColumns(change.before, change.after), nulls: [] };
  const { code, message, harmless } = change.failure;
  return { ...place, code, message: showValues || harmless ? message : withoutWords({ code }), nulls: change.nulls };
}

/** A statement that says nothing on one database may say something on another. */
function noteOn(
  version: QueryVersion,
  { queries, others, alike }: QuerySet,
  watches: ReadonlyMap<Side, QueryWatch>,
): Note {
  const failing = queries.filter((query) =>
    [...watches.values()].every((watch) => watch.outcome().failing.includes(query)),
  );
  const places = failing.map(({ file, line }) => `${file}:${line}`);
  const migrations = Math.max(0, ...[...watches.values()].map((watch) => watch.outcome().migrations));
  return {
    code: 'queries-tried',
    facts: { version, migrations, tried: queries.length - failing.length, failing: places, others, alike },
  };
}
