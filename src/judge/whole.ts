import { asRun } from '../compare/compare.ts';
import type { Finding } from '../model/finding.ts';
import type { Migration } from '../model/history.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Settings } from '../model/settings.ts';

/** Several migrations that run at once, as one. */
export interface Whole {
  readonly migration: Migration;
  /**
   * Whether they run in one transaction: SQL files do, and a program shows it in what it executed.
   * @param baseline the outcome on the empty side.
   */
  readonly isOne: (baseline: Outcome) => boolean;
  /** The same finding at the migration of its statement; at the last migration without a statement. */
  readonly atOrigin: (finding: Finding) => Finding;
}

/**
 * Makes one migration of several that follow each other.
 * @param settings say whether one transaction goes round SQL files; of programs their tool decides.
 * @returns null where a tool runs each by itself, and where a skipped program is among them.
 */
export function asOne(pending: readonly Migration[], { transaction }: Settings): Whole | null {
  if (pending.some(({ kind }) => kind === 'code')) return null;
  const [first] = pending;
  const last = pending.at(-1);
  if (first === undefined || last === undefined) return null;
  if (pending.every(({ program }) => program === undefined))
    return transaction === 'all-pending' ? ofStatements(pending, last) : null;
  const program = first.program?.together?.(pending.map(({ ledgerId, name }) => ledgerId ?? name));
  // On the empty side a tool would refuse to leave out what lies between.
  const isGapless = last.position - first.position === pending.length - 1;
  if (program === undefined || !isGapless) return null;
  return {
    migration: { ...join(pending.map(inOwnFile), last), program },
    isOne: (baseline) => standInOne(asRun(last, baseline)),
    atOrigin: (finding) => atOwnFile(finding, pending, last),
  };
}

function ofStatements(pending: readonly Migration[], last: Migration): Whole {
  const origins = pending.flatMap((each) => each.statements.map(() => each));
  return {
    migration: join(pending, last),
    isOne: () => true,
    atOrigin: (finding) => {
      const origin = finding.statement === null ? last : origins[finding.statement - 1];
      if (origin === undefined) return finding;
      const before = finding.statement === null ? 0 : origins.indexOf(origin);
      const statement = finding.statement === null ? null : finding.statement - before;
      return { ...finding, ...sitesOf(origin), file: origin.file, statement };
    },
  };
}

/** Whether one transaction goes round everything but the switches, which tools set around it. */
function standInOne({ statements }: Migration): boolean {
  const verbs = statements.map(({ head }) => head.verb).filter((verb) => verb !== 'pragma');
  const end = verbs.findIndex((verb) => verb === 'commit' || verb === 'rollback');
  return verbs.lastIndexOf('begin') === 0 && (end < 0 || end === verbs.length - 1);
}

function sitesOf({ name, statements }: Migration): Pick<Finding, 'migration' | 'statements'> {
  return { migration: name, statements: statements.length };
}

/** The statements of several migrations as one list. */
function join(pending: readonly Migration[], last: Migration): Migration {
  const { position, id, name, file } = last;
  const journal = pending[0]?.journal;
  const statements = pending
    .flatMap((each) => each.statements)
    .map((statement, place) => ({ ...statement, index: place + 1 }));
  return {
    ...{ kind: 'sql', position, id, name, file, statements, ownTransaction: false, hash: '' },
    directives: pending.flatMap(({ directives }) => directives),
    ...(journal !== undefined && { journal }),
  };
}

/** Says of each statement which file it stands in, for together they have more than one. */
function inOwnFile(migration: Migration): Migration {
  const { file, statements } = migration;
  return { ...migration, statements: statements.map((statement) => ({ ...statement, file: statement.file ?? file })) };
}

/** The statements of a program stand in the file of its migration, or in one that several may share. */
function atOwnFile(finding: Finding, pending: readonly Migration[], last: Migration): Finding {
  const origin = finding.file === null ? last : pending.find(({ file }) => file === finding.file);
  if (origin === undefined) return { ...finding, statement: null };
  const isSame = ({ line, sql, shown }: Migration['statements'][number]): boolean =>
    line === finding.line && (shown ?? sql) === finding.sql;
  const statement = origin.statements.find(isSame)?.index ?? null;
  return { ...finding, ...sitesOf(origin), file: origin.file, statement };
}
