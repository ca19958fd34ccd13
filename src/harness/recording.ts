import { prepareBase } from '../database/base.ts';
import { execute } from '../database/execute.ts';
import type { History, Migration } from '../model/history.ts';
import type { Settings } from '../model/settings.ts';
import { asStep } from '../watch/activity.ts';

/**
 * Runs a history on an empty database and keeps what each program executes there, up to the first that fails.
 * @param asProgram gives a migration that is code the program that runs it.
 */
export async function recordPrograms(
  { base, migrations }: History,
  settings: Settings,
  asProgram: (migration: Migration) => Migration,
): Promise<Migration[]> {
  const db = (await prepareBase(base, settings))();
  let isOver = false;
  try {
    return migrations.map((planned) => {
      const migration = asProgram(planned);
      let recorded = asRecorded(migration, migration.statements);
      const ran = (as: Migration): void => {
        recorded = asRecorded(migration, as.statements);
      };
      if (isOver) return recorded;
      isOver = asStep(`Migration ${migration.name}`, () => execute(db, migration, settings, { ran })) !== null;
      return recorded;
    });
  } finally {
    db.close();
  }
}

function asRecorded(migration: Migration, statements: Migration['statements']): Migration {
  const { program } = migration;
  return program === undefined ? migration : { ...migration, statements, program: { ...program, isRecorded: true } };
}
