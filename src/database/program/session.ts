import { rmSync, writeFileSync } from 'node:fs';
import { HarnessError } from '../../errors.ts';
import type { SqlValue } from '../../model/connection.ts';
import type { Migration, Statement } from '../../model/history.ts';
import type { Failure } from '../../model/outcome.ts';
import type {
  CodePlace,
  Compiled,
  ProgramAnswer,
  ProgramConnection,
  ProgramRequest,
  Queried,
} from '../../model/program.ts';
import type { Settings } from '../../model/settings.ts';
import { inlineValues, withoutLiterals } from '../../sql/bound.ts';
import { readHead } from '../../sql/heads.ts';
import { onlyReads } from '../../sql/reading.ts';
import { splitStatements } from '../../sql/statements.ts';
import { attempt, type Trying } from '../attempt.ts';
import { type Database, engineError } from '../connection.ts';
import type { DriverStatement as PreparedStatement } from '../engine.ts';
import { isExchangeable } from '../exchangeable.ts';
import type { Hooks } from '../execute.ts';
import { permit } from '../guard/permit.ts';
import { namingErrors } from '../registered.ts';
import { asksForRows } from './asking.ts';
import { formOfLog, isBeyondLog } from './logged.ts';
import { showPlaces } from './places.ts';
import { createRecorder, type Recorder, type Tried, type Unnumbered } from './recorder.ts';

/** A database as a program sees it while it runs, with what it has done there. */
export interface Session extends ProgramConnection {
  readonly recorder: Recorder;
  /** Whether it registered functions or loaded extensions, which live as long as the connection. */
  readonly hasFunctions: () => boolean;
  /** Whether it was told of rows, by which it may have decided. */
  readonly hasAsked: () => boolean;
  /** Makes a statement of a text that was issued at a place, or of a line of code. */
  readonly statementAt: (sql: string, place: CodePlace | null, shown?: string) => Unnumbered;
  /** The error that ends the run and does not concern the migration: a refused statement, a fault of the machine. */
  readonly fault: () => { readonly error: unknown } | null;
}

/** A run of a program: its parts, and what it has done so far. */
interface Run {
  readonly db: Database;
  readonly migration: Migration;
  readonly settings: Settings;
  readonly hooks: RunHooks;
  readonly trying: Trying;
  readonly recorder: Recorder;
  /** Finds the line of the user's code that a statement comes from. */
  readonly show: ReturnType<typeof showPlaces>;
  /** The texts of the statements that are known, which may be shown. */
  readonly known: ReadonlySet<string>;
  /** A tool that runs SQL files issues their statements from no line of a program. */
  readonly lines: ReadonlyMap<string, number>;
  lastLine: number;
  hasFunctions: boolean;
  hasAsked: boolean;
  fault: { readonly error: unknown } | null;
}

type RunHooks = Pick<Hooks, 'before' | 'after' | 'failed'>;

/** Gives a program a guarded connection to `db`, and keeps what it executes. */
export function openSession(db: Database, migration: Migration, settings: Settings, hooks: RunHooks): Session {
  const run = startRun(db, migration, settings, hooks);
  return {
    recorder: run.recorder,
    hasFunctions: () => run.hasFunctions,
    hasAsked: () => run.hasAsked,
    statementAt: (sql, place, shown) => ({ ...statementAt(run, sql, place), ...(shown !== undefined && { shown }) }),
    fault: () => run.fault,
    lend: (work) => lend(db, work),
    lendLogged: (work, logOf) => lendLogged(run, work, logOf),
    answer: (request, callBack): ProgramAnswer => {
      try {
        const value = answerTo(run, request, callBack);
        return { kind: 'value', value, inTransaction: db.inTransaction };
      } catch (error) {
        const said = describe(error);
        if (said.type === 'refused') run.fault ??= { error };
        return { kind: 'error', ...said, inTransaction: db.inTransaction };
      }
    },
  };
}

function startRun(db: Database, migration: Migration, settings: Settings, hooks: RunHooks): Run {
  const { file, statements } = migration;
  // A statement that it executes without any row can hold no value of one.
  const texts = statements.map(({ sql }) => sql);
  const show = showPlaces(file, [...new Set(statements.flatMap((statement) => statement.file ?? []))]);
  return {
    ...{ db, migration, settings, hooks, show },
    trying: { file, texts, limitsPages: texts.some((sql) => /\bmax_page_count\b/i.test(sql)) },
    recorder: createRecorder(settings.toolTables ?? []),
    known: new Set([...texts, ...statements.flatMap(({ shown }) => shown ?? [])]),
    lines: new Map(statements.map((statement) => [statement.sql, statement.line])),
    ...{ lastLine: show.lineOfUp, hasFunctions: false, hasAsked: false, fault: null },
  };
}

/**
 * Makes a statement of a text.
 * @param issued the text before its values were written into it
 * @param whole the text that it is part of, `line` the line where it begins there
 */
function statementAt(run: Run, sql: string, place: CodePlace | null, issued = sql, whole = sql, line = 1): Unnumbered {
  const shown = place === null ? null : run.show.at(place, whole, line);
  if (shown !== null && shown.file === null) run.lastLine = shown.line;
  const at = shown?.line ?? run.lines.get(sql) ?? run.lastLine;
  const isShown = run.known.has(issued) || run.migration.program?.isRecorded !== true;
  const seen = isShown ? issued : withoutLiterals(issued);
  return {
    sql,
    line: at,
    endLine: at,
    head: readHead(sql),
    ...(shown?.file && { file: shown.file }),
    ...(seen !== sql && { shown: seen }),
  };
}

/** Tries a statement; what it gives comes back through `work`. */
function tryStatement({ db, migration, hooks, trying, recorder }: Run, statement: Unnumbered, work: () => void): Tried {
  return recorder.take(statement, (numbered: Statement, isKept) => {
    const place = { file: numbered.file ?? migration.file, line: numbered.line };
    if (isKept) hooks.before?.(numbered);
    const tried = attempt(db, trying, numbered, () => {
      permit(db, numbered.sql, place);
      work();
    });
    if ('failure' in tried) {
      const message = tried.failure.message;
      hooks.failed?.(tried.failure, numbered);
      return { failure: tried.failure, message };
    }
    if (isKept) hooks.after?.(numbered);
    return null;
  });
}

function execute(run: Run, sql: string, place: CodePlace | null, whole: string, line: number): void {
  throwFailure(tryStatement(run, statementAt(run, sql, place, sql, whole, line), () => run.db.exec(sql)));
}

function lend<T>(db: Database, work: (file: string) => T): T {
  if (!isExchangeable(db)) throw new Error('the settings do not say that databases are lent');
  return db.lend(work);
}

/** Lends the database to a command, and then runs what its log says that it did, if that makes the same database. */
function lendLogged<T>(
  run: Run,
  work: (file: string) => T,
  logOf: (result: T) => ReturnType<Parameters<ProgramConnection['lendLogged']>[1]>,
): { readonly result: T; readonly isToldApart: boolean } {
  const { db, settings } = run;
  // Of a large file no copy is held in memory.
  if (isBeyondLog(db)) return { result: lend(db, work), isToldApart: false };
  const before = db.serialize();
  const result = lend(db, work);
  const { statements: logged, hasFailed } = logOf(result);
  const form = formOfLog(before, db.serialize(), logged, hasFailed, settings);
  if (form === null) return { result, isToldApart: false };
  lend(db, (lent) => {
    writeFileSync(lent, before);
    rmSync(`${lent}-wal`, { force: true });
  });
  try {
    for (const sql of form) {
      const { head } = statementAt(run, sql, null);
      run.hasAsked ||= onlyReads(sql, head) && asksForRows(sql, head, settings.toolTables ?? []);
      execute(run, sql, null, sql, 1);
    }
  } catch (error) {
    if (!(error instanceof StatementFailed)) throw error;
  }
  return { result, isToldApart: true };
}

type CallBack = Parameters<ProgramConnection['answer']>[1];
type RequestOf<Kind extends ProgramRequest['kind']> = Extract<ProgramRequest, { kind: Kind }>;

function answerTo(run: Run, request: ProgramRequest, callBack: CallBack): unknown {
  switch (request.kind) {
    case 'prepare':
      return compileFor(run, request);
    case 'run':
      return queryFor(run, request);
    case 'exec':
      for (const { sql, line } of splitStatements(request.sql)) execute(run, sql, request.place, request.sql, line);
      return null;
    case 'function':
      registerFor(run, request, callBack);
      return null;
    case 'load-extension':
      run.hasFunctions = true;
      run.db.loadExtension(request.path);
      return null;
  }
}

function compileFor(run: Run, { sql, place }: RequestOf<'prepare'>): Compiled {
  const { db, migration, trying } = run;
  return compile(db, sql, (work) => {
    const tried = attempt(db, trying, { ...statementAt(run, sql, place), index: 0 }, () => {
      permit(db, sql, { file: migration.file, line: place?.line ?? null });
      work();
    });
    // It fails as it would when it runs, and is kept in the same way.
    if ('failure' in tried) throwFailure(tryStatement(run, statementAt(run, sql, place), () => rethrow(tried.error)));
  });
}

function queryFor(run: Run, { sql, values, first, bigInts, place }: RequestOf<'run'>): Queried | null {
  const text = inlineValues(sql, values);
  const statement = statementAt(run, text, place, sql);
  let result: Queried | null = null;
  const tried = tryStatement(run, statement, () => {
    const prepared = run.db.prepare<[], unknown>(text);
    if (bigInts) prepared.safeIntegers();
    result = query(prepared, first);
    run.hasAsked ||= prepared.reader && asksForRows(text, statement.head, run.settings.toolTables ?? []);
  });
  throwFailure(tried);
  return result;
}

function registerFor(
  run: Run,
  { name, options, parameters, callback }: RequestOf<'function'>,
  callBack: CallBack,
): void {
  run.hasFunctions = true;
  const body = (...values: SqlValue[]): SqlValue => callBack(callback, values);
  Object.defineProperty(body, 'length', { value: parameters });
  run.db.function(name, options, namingErrors(name, body));
}

function query(prepared: PreparedStatement<[], unknown>, first: boolean): Queried {
  const { reader } = prepared;
  if (!reader) return { reader, columns: [], rows: [], ...prepared.run() };
  const columns = columnsOf(prepared);
  const arrays = prepared.raw();
  const rows = first ? [arrays.get()].filter((row) => row !== undefined) : arrays.all();
  // Rows are read as arrays.
  return { reader, columns, rows: rows as SqlValue[][], changes: 0, lastInsertRowid: 0 };
}

function columnsOf(prepared: PreparedStatement<[], unknown>): Compiled['columns'] {
  return prepared.columns().map(({ name, column, table }) => ({ name, column, table }));
}

/** A failure of a statement, on its way to the program. */
class StatementFailed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

function throwFailure(tried: Tried): void {
  if (tried !== null) throw new StatementFailed(tried.failure);
}

function rethrow(error: unknown): never {
  throw error;
}

function compile(db: Database, sql: string, within: (work: () => void) => void): Compiled {
  let compiled: Compiled = { reader: false, columns: [] };
  within(() => {
    const prepared = db.prepare(sql);
    const { reader } = prepared;
    compiled = { reader, columns: reader ? columnsOf(prepared) : [] };
  });
  return compiled;
}

type Said = Pick<Extract<ProgramAnswer, { kind: 'error' }>, 'type' | 'code' | 'message'>;

/** The error that the program receives, in the kind that its driver throws. */
function describe(error: unknown): Said {
  if (error instanceof StatementFailed) {
    const { code, message } = error.failure;
    return { type: 'sqlite', code, message };
  }
  const said = engineError(error);
  const message = error instanceof Error ? error.message : String(error);
  if (said === null && error instanceof RangeError) return { type: 'range', code: '', message };
  if (said === null && error instanceof TypeError) return { type: 'type', code: '', message };
  return { type: 'refused', code: error instanceof HarnessError ? error.code : (said?.code ?? ''), message };
}
