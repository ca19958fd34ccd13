import type { Step } from '../../apply/walk.ts';
import { HarnessError } from '../../errors.ts';
import { readSqlText } from '../../load/text.ts';
import type { Migration } from '../../model/history.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { Rewrite } from '../../model/rewrite.ts';
import { splitStatements } from '../../sql/statements.ts';
import { readAnew } from '../../tools/history.ts';
import type { ProjectSources } from '../project.ts';

/** The text of a migration, which recipes correct. */
export interface Original {
  readonly of: Rewrite['of'];
  readonly text: string;
  /** The migration with the statements of that text. */
  readonly migration: Migration;
  /** The migration that another text would be; null where its tool does not read it. */
  readonly read: (text: string) => Migration | null;
}

/** The text of a step's migration; null where nobody can run another one in its place. */
export function readOriginal(step: Step, sources: ProjectSources): Original | null {
  const { migration } = step;
  // A command of the user's runs its own files.
  if (sources.config.migrator !== null) return null;
  return migration.program === undefined ? originalFile(migration, sources) : originalStatements(step);
}

function originalFile(migration: Migration, sources: ProjectSources): Original | null {
  const text = attempt(() => readSqlText(migration.file));
  if (text === null) return null;
  return { of: 'file', text, migration, read: (other) => attempt(() => readText(other, migration, sources)) };
}

/**
 * The statements of a program as a text, where it executes the same ones on every side. They come from the empty database,
 * so that they hold no value of a row.
 */
function originalStatements({ migration: { program, directives }, baseline, candidates }: Step): Original | null {
  const ran = ranBy(baseline);
  // The directive acts on SQL that runs as written, and not on a program.
  if (ran === undefined || ran.callsProgram === true || program?.isSlow === true || directives.length > 0) return null;
  const texts = ran.statements.map(({ sql }) => withoutEnd(sql));
  for (const outcome of candidates.values()) {
    const others = ranBy(outcome)?.statements;
    const isSame = others?.every(({ sql }, place) => withoutEnd(sql) === texts[place]) === true;
    // Behind a failure the program executes no more.
    if (!isSame || (outcome.status === 'applied' && others.length !== texts.length)) return null;
  }
  const { program: _program, ...sql } = ran;
  const read = (text: string): Migration => ({ ...sql, statements: splitStatements(text) });
  const text = texts.map((each) => `${each};\n`).join('');
  const original = read(text);
  return original.statements.length === texts.length ? { of: 'statements', text, migration: original, read } : null;
}

/** A statement as the reader of files has it; programs end some with a semicolon. */
function withoutEnd(sql: string): string {
  return sql.replace(/[;\s]+$/, '');
}

function ranBy(outcome: Outcome): Migration | undefined {
  return 'ran' in outcome ? outcome.ran : undefined;
}

/** The migration that its tool reads from a text. */
function readText(text: string, original: Migration, { history, config }: ProjectSources): Migration | null {
  const read = readAnew(history, original, text, config.runner);
  // The config's directives have no line.
  const given = original.directives.filter(({ line }) => line === null);
  return read === null ? null : { ...read, directives: [...read.directives, ...given] };
}

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof HarnessError) return null;
    throw error;
  }
}
