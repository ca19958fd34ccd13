import type { Statement, StatementHead } from '../../model/history.ts';
import type { Failure } from '../../model/outcome.ts';
import { sameName } from '../../sql/quote.ts';
import { onlyReads } from '../../sql/reading.ts';

/** A statement before it has its number. */
export type Unnumbered = Omit<Statement, 'index'>;

/** What came of a statement. */
export type Tried = { readonly failure: Failure; readonly message: string } | null;

/** Keeps the statements of a program in the form of a migration. */
export interface Recorder {
  /**
   * Runs a statement and keeps it, if it is one of the migration's own.
   * @param run is given the statement with its number; null where it is not kept.
   */
  readonly take: (statement: Unnumbered, run: (numbered: Statement, isKept: boolean) => Tried) => Tried;
  /** Notes code that failed by itself, so that its line stands for a statement. @returns its number */
  readonly noteLine: (line: Unnumbered) => number;
  /** The failure of a statement that nothing was done after, with the message that its error had. */
  readonly lastFailure: () => { readonly failure: Failure; readonly message: string } | null;
  /** @param failure the one that ended the program, so that the statement which failed comes last. */
  readonly statements: (failure: Failure | null) => readonly Statement[];
}

/** What goes round statements: it is kept once a statement of the migration's own stands in it. */
const opening: ReadonlySet<StatementHead['verb']> = new Set(['begin', 'savepoint']);
const closing: ReadonlySet<StatementHead['verb']> = new Set(['commit', 'release', 'rollback']);

/** What a tool does after a failure that ends the program, and not because the program goes on. */
const afterFailure: ReadonlySet<StatementHead['verb']> = new Set(['rollback', 'release', 'pragma']);

/**
 * Makes a recorder. Statements about the tool's own tables are left out, those that only read, and transactions round nothing
 * else. One that fails is kept where it ends the program; where the program goes on, it has done nothing.
 * @param toolTables the tables that the tool keeps for itself.
 */
export function createRecorder(toolTables: readonly string[]): Recorder {
  const kept: Statement[] = [];
  let open: Unnumbered[] = [];
  let failed: { statement: Statement; failure: Failure; message: string } | null = null;
  let late: Unnumbered[] = [];

  const keep = (statement: Unnumbered): Statement => {
    const numbered = { ...statement, index: kept.length + 1 };
    kept.push(numbered);
    return numbered;
  };
  const keepOpen = (): void => {
    for (const statement of open) keep(statement);
    open = [];
  };
  /** The program goes on after a failure. */
  const forget = (): void => {
    failed = null;
    for (const statement of late) keep(statement);
    late = [];
  };
  const isOwn = ({ head: { target, renamedTo } }: Unnumbered): boolean =>
    [target, renamedTo].some((name) => name !== null && toolTables.some((table) => sameName(table, name)));

  return {
    take: (statement, run) => {
      const { head, sql } = statement;
      const isPassing = isOwn(statement) || onlyReads(sql, head) || opening.has(head.verb) || closesNothing(head, open);
      const isLate = !isPassing && failed !== null && afterFailure.has(head.verb);
      if (!isPassing && !isLate) {
        if (failed !== null) forget();
        keepOpen();
      }
      const next: Statement = { ...statement, index: kept.length + open.length + 1 };
      const tried = run(next, !isPassing && !isLate);
      if (tried !== null) {
        keepOpen();
        failed = { statement: next, ...tried };
      } else if (isLate) late.push(statement);
      else if (!isPassing) kept.push(next);
      else if (opening.has(head.verb)) open.push(statement);
      else if (closing.has(head.verb)) open = head.verb === 'release' ? open.slice(0, -1) : [];
      return tried;
    },
    noteLine: (line) => {
      forget();
      keepOpen();
      return keep(line).index;
    },
    lastFailure: () => failed,
    statements: (failure) => {
      if (failed !== null && failed.failure === failure) return [...kept, failed.statement];
      forget();
      return kept;
    },
  };
}

/** Whether a statement ends what holds no statement of the migration's own. */
function closesNothing({ verb }: StatementHead, open: readonly Unnumbered[]): boolean {
  return closing.has(verb) && open.length > 0;
}
