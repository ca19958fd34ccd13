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
import type { Statement as PreparedStatement } from '../engine.ts';
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

/** Gives a program a guarded connection to `db`, and keeps what it executes. */
export function openSession(
  db: Database,
  migration: Migration,
  settings: Settings,
  hooks: Pick<Hooks, 'before' | 'after' | 'failed'>,
): Session {
  const { file, statements, program } = migration;
  const { toolTables = [] } = settings;
  // A statement that it executes without any row can hold no value of one.
  const texts = statements.map(({ sql }) => sql);
  const trying: Trying = { file, texts, limitsPages: texts.some((sql) => /\bmax_page_count\b/i.test(sql)) };
  const known = new Set([...texts, ...statements.flatMap(({ shown }) => shown ?? [])]);
  const show = showPlaces(file, [...new Set(statements.flatMap((statement) => statement.file ?? []))]);
  const recorder = createRecorder(toolTables);
  // A tool that runs SQL files issues their statements from no line of a program.
  const lines = new Map(statements.map((statement) => [statement.sql, statement.line]));
  let lastLine = show.lineOfUp;
  let hasFunctions = false;
  let hasAsked = false;
  let fault: { error: unknown } | null = null;

  const statementAt = (sql: string, place: CodePlace | null, issued = sql, whole = sql, line = 1): Unnumbered => {
    const shown = place === null ? null : show.at(place, whole, line);
    if (shown !== null && shown.file === null) lastLine = shown.line;
    const at = shown?.line ?? lines.get(sql) ?? lastLine;
    const seen = known.has(issued) || program?.isRecorded !== true ? issued : withoutLiterals(issued);
    return {
      sql,
      line: at,
      endLine: at,
      head: readHead(sql),
      ...(shown?.file && { file: shown.file }),
      ...(seen !== sql && { shown: seen }),
    };
  };

  /** Tries a statement; what it gives comes back through `give`. */
  const run = (statement: Unnumbered, work: () => void): Tried =>
    recorder.take(statement, (numbered: Statement, isKept) => {
      const place = { file: numbered.file ?? file, line: numbered.line };
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

  const execute = (sql: string, place: CodePlace | null, whole: string, line: number): void => {
    throwFailure(run(statementAt(sql, place, sql, whole, line), () => db.exec(sql)));
  };

  const lend = <T>(work: (file: string) => T): T => {
    if (!isExchangeable(db)) throw new Error('the settings do not say that databases are lent');
    return db.lend(work);
  };

  const answerTo = (request: ProgramRequest, callBack: Parameters<ProgramConnection['answer']>[1]): unknown => {
    switch (request.kind) {
      case 'prepare': {
        const { sql, place } = request;
        return compile(db, sql, (work) => {
          const tried = attempt(db, trying, { ...statementAt(sql, place), index: 0 }, () => {
            permit(db, sql, { file, line: place?.line ?? null });
            work();
          });
          // It fails as it would when it runs, and is kept in the same way.
          if ('failure' in tried) throwFailure(run(statementAt(sql, place), () => rethrow(tried.error)));
        });
      }
      case 'run': {
        const { sql, values, first, bigInts, place } = request;
        const text = inlineValues(sql, values);
        const statement = statementAt(text, place, sql);
        let result: Queried | null = null;
        throwFailure(
          run(statement, () => {
            const prepared = db.prepare<[], unknown>(text);
            if (bigInts) prepared.safeIntegers();
            result = query(prepared, first);
            hasAsked ||= prepared.reader && asksForRows(text, statement.head, toolTables);
          }),
        );
        return result;
      }
      case 'exec':
        for (const { sql, line } of splitStatements(request.sql)) execute(sql, request.place, request.sql, line);
        return null;
      case 'function': {
        const { name, options, parameters, callback } = request;
        hasFunctions = true;
        const body = (...values: SqlValue[]): SqlValue => callBack(callback, values);
        Object.defineProperty(body, 'length', { value: parameters });
        db.function(name, options, namingErrors(name, body));
        return null;
      }
      case 'load-extension':
        hasFunctions = true;
        db.loadExtension(request.path);
        return null;
    }
  };

  return {
    recorder,
    hasFunctions: () => hasFunctions,
    hasAsked: () => hasAsked,
    statementAt: (sql, place, shown) => ({ ...statementAt(sql, place), ...(shown !== undefined && { shown }) }),
    fault: () => fault,
    lend,
    lendLogged: (work, logOf) => {
      // Of a large file no copy is held in memory.
      if (isBeyondLog(db)) return { result: lend(work), isToldApart: false };
      const before = db.serialize();
      const result = lend(work);
      const { statements: logged, hasFailed } = logOf(result);
      const form = formOfLog(before, db.serialize(), logged, hasFailed, settings);
      if (form === null) return { result, isToldApart: false };
      lend((lent) => {
        writeFileSync(lent, before);
        rmSync(`${lent}-wal`, { force: true });
      });
      try {
        for (const sql of form) {
          const { head } = statementAt(sql, null);
          hasAsked ||= onlyReads(sql, head) && asksForRows(sql, head, toolTables);
          execute(sql, null, sql, 1);
        }
      } catch (error) {
        if (!(error instanceof StatementFailed)) throw error;
      }
      return { result, isToldApart: true };
    },
    answer: (request, callBack): ProgramAnswer => {
      try {
        const value = answerTo(request, callBack);
        return { kind: 'value', value, inTransaction: db.inTransaction };
      } catch (error) {
        const said = describe(error);
        if (said.type === 'refused') fault ??= { error };
        return { kind: 'error', ...said, inTransaction: db.inTransaction };
      }
    },
  };
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
