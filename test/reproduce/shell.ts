/** Running scripts as a reader would: in the `sqlite3` shell where it is there, and else statement by statement. */
import { spawnSync } from 'node:child_process';
import { openMemory, sqliteError, sqliteVersion } from '../../src/database/connection.ts';
import type { Reproduction } from '../../src/model/reproduction.ts';
import { isNewer } from '../../src/sql/introduced.ts';
import { splitStatements } from '../../src/sql/statements.ts';
import { buildSettings } from '../build.ts';

/** What a script printed: its rows as one text, and the messages of its errors. */
export interface Printed {
  readonly rows: string;
  readonly errors: readonly string[];
}

/** The version of the shell on this machine; null where there is none. */
export const shellVersion: string | null = readVersion();

/** The shell for titles of tests. */
export const runnerName: string =
  shellVersion === null ? 'better-sqlite3, as there is no sqlite3 shell here' : `the sqlite3 shell ${shellVersion}`;

function readVersion(): string | null {
  const { stdout, status } = spawnSync('sqlite3', ['--version'], { encoding: 'utf8' });
  return status === 0 ? (/^[\d.]+/.exec(stdout)?.[0] ?? null) : null;
}

/** Whether the shell on this machine can run a script at all. */
export function isForShell({ needsSqlite, needsApplication }: Reproduction): boolean {
  return (
    shellVersion !== null &&
    needsApplication.length === 0 &&
    !(needsSqlite !== null && isNewer(needsSqlite, shellVersion))
  );
}

/** Runs a script in the shell. */
export function runInShell(script: string): Printed {
  const { stdout, stderr } = spawnSync('sqlite3', ['-init', '/dev/null', '-batch', ':memory:'], {
    input: script,
    encoding: 'utf8',
  });
  const lines = stdout.split('\n').filter((line) => !/^\s+dqs_d[dm]l (?:on|off)$/.test(line));
  const errors = stderr
    .split('\n')
    .flatMap((line) => /^(?:\w+ )?[Ee]rror:? near line \d+: (.*?)(?: \(\d+\))?$/.exec(line)?.[1] ?? []);
  return { rows: lines.join('\n').trimEnd(), errors };
}

/** Runs the same script by a driver, which goes on after an error as the shell does. */
export function runByDriver(script: string): Printed {
  const doubleQuotedStrings = script.includes('.dbconfig dqs_dml on');
  const settings = buildSettings({
    engine: doubleQuotedStrings ? 'node' : 'better-sqlite3',
    ...{ doubleQuotedStrings, foreignKeys: false },
  });
  const db = openMemory(settings);
  const rows: string[] = [];
  const errors: string[] = [];
  const sql = script.replace(/^\.dbconfig .*$/gm, '');
  for (const statement of splitStatements(sql)) {
    try {
      const prepared = db.prepare<[], unknown[]>(statement.sql);
      if (prepared.reader)
        rows.push(
          ...prepared
            .raw()
            .safeIntegers()
            .all()
            .map((row) => row.map((value) => value ?? '').join('|')),
        );
      else prepared.run();
    } catch (error) {
      errors.push(sqliteError(error)?.message ?? String(error));
    }
  }
  db.close();
  return { rows: rows.join('\n').trimEnd(), errors };
}

/** What a script says that it prints. */
export function expectedOf({ expected }: Reproduction): Printed {
  const textsOf = (kind: 'row' | 'error'): string[] =>
    expected.flatMap((line) => (line.kind === kind ? [line.text] : []));
  return { rows: textsOf('row').join('\n').trimEnd(), errors: textsOf('error') };
}

/** The version of the engine that made the script. */
export const engineVersion: string = sqliteVersion(buildSettings());
