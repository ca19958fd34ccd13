/** Values that tests make without files: settings, migrations and histories, as a plain better-sqlite3 application has them. */
import type { History, Migration } from '../src/model/history.ts';
import type { Settings } from '../src/model/settings.ts';
import type { Runner } from '../src/model/tool.ts';
import { splitStatements } from '../src/sql/statements.ts';

/** Settings with foreign keys on and a transaction for each migration, unless `own` says otherwise. */
export function buildSettings(own: Partial<Settings> = {}): Settings {
  return {
    engine: 'better-sqlite3',
    foreignKeys: true,
    transaction: 'per-migration',
    doubleQuotedStrings: false,
    recursiveTriggers: false,
    legacyAlterTable: false,
    ...own,
  };
}

/** A migration of the statements of a text, the first of its history and of the name `0001_next`, unless `own` says otherwise. */
export function buildMigration(sql: string, own: Partial<Migration> = {}): Migration {
  const { position = 1, id = `000${position}`, name = `${id}_next` } = own;
  return {
    kind: 'sql',
    position,
    id,
    name,
    file: `${name}.sql`,
    statements: splitStatements(sql),
    directives: [],
    ownTransaction: false,
    hash: '',
    ...own,
  };
}

/** A history of migrations, each given whole or as its SQL, numbered from 1. */
export function buildHistory(migrations: readonly (Migration | string)[] = []): History {
  return {
    directory: 'migrations',
    runner,
    base: null,
    migrations: migrations.map((each, i) =>
      typeof each === 'string' ? buildMigration(each, { position: i + 1 }) : each,
    ),
    ignored: [],
  };
}

const runner: Runner = {
  tool: 'plain',
  title: 'a plain folder',
  evidence: null,
  driver: 'better-sqlite3',
  driverEvidence: null,
  foreignKeys: null,
  advice: {
    keysOff: 'Switch foreign keys off on the connection before BEGIN.',
    oneTransaction: 'Let one transaction go round the file.',
    afterFailure: 'Undo what it left.',
  },
};
