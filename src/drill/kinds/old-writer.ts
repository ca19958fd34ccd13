import { fork } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { openFile } from '../../database/connection.ts';
import { readSchema } from '../../database/introspect.ts';
import { quoteName, sameName } from '../../sql/quote.ts';
import { removeImage, startAfresh } from '../image.ts';
import type { FaultStage, Injected, Kind } from '../kind.ts';
import type { WriterWork } from '../writer.ts';

/** The runs of a leg. */
const runs = 4;

/** An old version of the application writes while a process of its own migrates: it sets values to what they are. */
export const oldWriter: Kind = {
  name: 'old-writer',
  takesProcess: true,
  obstacle: (stage) =>
    writingOf(stage).length === 0
      ? 'no table has a row that can be written without a trigger'
      : stage.migrator.cannotStart,
  count: () => runs,
  inject: writeMeanwhile,
  moment: () => ({ words: 'while an old version of the application writes', statement: null }),
};

async function* writeMeanwhile(stage: FaultStage, indexes: readonly number[]): AsyncIterable<Injected> {
  const { leg, migrator, law, path, settings } = stage;
  const file = path('run/run.db');
  const program = new URL(`../writer${extname(import.meta.url)}`, import.meta.url);
  for (const index of indexes) {
    startAfresh(leg.template, file);
    const { connect: _, drill: __, ...plain } = settings;
    const writing: WriterWork = { file, settings: plain, statements: writingOf(stage) };
    const writer = fork(program, {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const begun = once(writer, 'message');
    writer.send(writing);
    await begun;
    const run = await migrator.start(file, leg.last, {});
    const { error, killed } = await run.ended;
    const gone = once(writer, 'close');
    writer.send('stop');
    await gone;
    yield { index, breach: law.judge(file, killed ? null : { error }) };
  }
  removeImage(file);
}

/** Updates of a row of some tables that change nothing, where no trigger makes more of them. An application writes no ledger. */
function writingOf({ leg, settings, ledger }: FaultStage): string[] {
  const db = openFile(leg.template, settings, { mustExist: true });
  try {
    const triggered = new Set(
      db.prepare<[], string>("SELECT tbl_name FROM main.sqlite_schema WHERE type = 'trigger'").pluck().all(),
    );
    const plain = readSchema(db).tables.filter(
      ({ name, kind, withoutRowid }) =>
        kind === 'table' && !withoutRowid && !triggered.has(name) && !ledger.some((own) => sameName(own, name)),
    );
    return plain.slice(0, 5).flatMap(({ name, columns }) => {
      const column = columns.find(({ generated }) => generated === 'no');
      if (column === undefined) return [];
      const [table, own] = [quoteName(name), quoteName(column.name)];
      return [`UPDATE ${table} SET ${own} = ${own} WHERE rowid IN (SELECT rowid FROM ${table} LIMIT 3)`];
    });
  } finally {
    db.close();
  }
}
