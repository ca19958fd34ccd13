// This room runs the statements of an application before and after pending migrations, and takes back what they change.
import { type Database, resetSwitches } from '../database/connection.ts';
import type { Migration } from '../model/history.ts';
import type { Query, QueryVersion } from '../model/query.ts';
import type { Settings } from '../model/settings.ts';
import { asStep } from '../watch/activity.ts';
import { type BoundStatement, boundStatements } from './bound-statements.ts';
import { createModelRows, type ModelRows } from './model-rows.ts';
import { type QueryFailure, type QueryRun, runQuery } from './run.ts';

/** The effect of a pending migration on a statement. */
export type QueryChange = {
  readonly query: Query;
  /** The migration after which it is so, up to the last one. */
  readonly migration: Migration;
} & (
  | {
      readonly kind: 'fails';
      readonly version: QueryVersion;
      readonly failure: QueryFailure;
      readonly nulls: readonly string[];
    }
  /** The names of the columns that it gives. */
  | { readonly kind: 'differs'; readonly before: readonly string[]; readonly after: readonly string[] }
);

/** The results of the statements on one database. */
export interface QueryOutcome {
  readonly changes: readonly QueryChange[];
  /** How many migrations were applied. */
  readonly migrations: number;
  /** Those that fail in any case, and say nothing. */
  readonly failing: readonly Query[];
}

/** Watches the statements of an application while pending migrations are applied to a database. */
export interface QueryWatch {
  /** Called before the first of them. @throws HarnessError as `runQuery` */
  readonly begin: (db: Database) => void;
  /** Called after each that was applied. @throws HarnessError as `runQuery` */
  readonly after: (db: Database, migration: Migration) => void;
  readonly outcome: () => QueryOutcome;
}

/** A statement whose state is known from one database to the next. */
interface Watched {
  readonly begin: (models: ModelRows) => void;
  readonly after: (models: ModelRows, migration: Migration) => void;
  /** Null where it fails in any case. */
  readonly changes: () => readonly QueryChange[] | null;
  readonly query: Query;
}

/**
 * Starts to watch statements of the version that runs before the deploy, and of the one after it. Only what is new counts: a
 * statement of the old version must have run before the migrations, and one of the new version must run after them.
 */
export function watchQueries(old: readonly Query[], coming: readonly Query[], settings: Settings): QueryWatch {
  const all = [...old.map(watchOld), ...coming.map(watchNew)];
  let migrations = 0;
  const tell = (db: Database, work: (each: Watched, models: ModelRows) => void): void => {
    resetSwitches(db, settings);
    asStep('Trying the queries of the application', () => {
      const models = createModelRows(db);
      for (const each of all) work(each, models);
    });
  };
  return {
    begin: (db) => tell(db, ({ begin }, models) => begin(models)),
    after: (db, migration) => {
      migrations += 1;
      tell(db, ({ after }, models) => after(models, migration));
    },
    outcome: () => {
      const failing = all.filter(({ changes }) => changes() === null).map(({ query }) => query);
      return {
        changes: all.flatMap(({ changes }) => changes() ?? []),
        migrations,
        failing,
      };
    },
  };
}

/** A bound statement with its run before the migrations. */
interface Known {
  readonly statement: BoundStatement;
  readonly run: QueryRun;
}

function watchOld(query: Query): Watched {
  let known: readonly Known[] = [];
  let failing: QueryChange | null = null;
  let differing: QueryChange | null = null;
  return {
    query,
    begin: (models) => {
      known = boundStatements(models, query).flatMap((choices) => firstThatRuns(models.db, query, choices) ?? []);
    },
    after: ({ db }, migration) => {
      const runs = known.map(({ statement, run }) => ({ statement, before: run, now: runQuery(db, query, statement) }));
      const failed = runs.find(({ before, now }) => now.passed < before.passed);
      const failure = failed?.now.failure ?? null;
      const nulls = failed?.statement.nulls ?? [];
      failing =
        failure === null
          ? null
          : { kind: 'fails', version: 'old', query, migration: failing?.migration ?? migration, failure, nulls };
      const [before, after] = [runs[0]?.before.columns, runs[0]?.now.columns];
      const isSame = !before || !after || JSON.stringify(before) === JSON.stringify(after);
      differing = isSame
        ? null
        : { kind: 'differs', query, migration: differing?.migration ?? migration, before, after };
    },
    changes: () => (known.length === 0 ? null : [failing ?? differing].filter((change) => change !== null)),
  };
}

function watchNew(query: Query): Watched {
  let early: readonly Known[] = [];
  let runs: Migration | null = null;
  const failureOf = (): QueryFailure | null =>
    early.some(({ run }) => run.failure === null) ? null : (early[0]?.run.failure ?? null);
  return {
    query,
    begin: (models) => {
      const statements = boundStatements(models, query).flat();
      early = statements.map((statement) => ({ statement, run: runQuery(models.db, query, statement) }));
    },
    after: (models, migration) => {
      const failure = failureOf();
      if (failure === null) return;
      // Where a row or a constraint is the reason, the same values must pass now.
      const statements = failure.isCompiled
        ? early.map(({ statement }) => statement)
        : boundStatements(models, query).flat();
      const isRunning = statements.some((statement) => runQuery(models.db, query, statement).failure === null);
      runs = isRunning ? (runs ?? migration) : null;
    },
    changes: () => {
      const failure = failureOf();
      if (failure === null) return [];
      return runs === null ? null : [{ kind: 'fails', version: 'new', query, migration: runs, failure, nulls: [] }];
    },
  };
}

/** The first of several statements bound like one row that SQLite runs, and of an INSERT at least once. */
function firstThatRuns(db: Database, query: Query, choices: readonly BoundStatement[]): Known | null {
  for (const statement of choices) {
    const run = runQuery(db, query, statement);
    if (run.passed > 0) return { statement, run };
  }
  return null;
}
