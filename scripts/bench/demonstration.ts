import { join } from 'node:path';
import { type CheckDataset, resolveConfig } from '../../src/config.ts';
import { openMemory } from '../../src/database/connection.ts';
import { execute } from '../../src/database/execute.ts';
import { readSchema } from '../../src/database/introspect.ts';
import { createRowSink } from '../../src/database/row-sink.ts';
import { check } from '../../src/harness/check.ts';
import { loadProject, narrowed, planProject } from '../../src/harness/project.ts';
import { fillEmptyTables } from '../../src/seed/one-row.ts';
import { growTables } from '../../src/seed/typical.ts';
import { loadVocabulary } from '../../src/seed/values/vocabulary.ts';
import { interleaved, median, medianRatio, printRatio, time } from './measure.ts';

const rounds = 15;
const rows = 100;

/** The time that a user with a small history waits. */
export async function run(): Promise<void> {
  const migrations = join(import.meta.dirname, '..', '..', 'migrations');
  const plan = planProject(resolveConfig({ migrations, dataset: ['one-row', 'typical'] }));
  const { history, config } = plan;
  const vocabulary = await loadVocabulary(config.seed);
  const options = { later: [], seed: config.seed, vocabulary };

  const fillSchema = async (isTypical: boolean): Promise<number> => {
    const db = openMemory(config.settings);
    for (const migration of history.migrations) execute(db, migration, config.settings);
    const schema = readSchema(db);
    const sink = createRowSink(db);
    const spent = await time(() => {
      fillEmptyTables(schema, sink, options);
      if (isTypical) growTables(schema, sink, ({ name }) => rows - sink.count(name, []), options);
    });
    db.close();
    return spent;
  };
  const checkWith = async (...datasets: CheckDataset[]): Promise<number> => {
    const project = await loadProject(narrowed(plan, datasets));
    return time(() => check(project));
  };

  const results = await interleaved(
    rounds,
    new Map([
      ['one-row', () => fillSchema(false)],
      ['typical', () => fillSchema(true)],
      ['check', () => checkWith('one-row')],
      ['check with typical', () => checkWith('one-row', 'typical')],
    ]),
  );
  const of = (name: string): readonly number[] => results.get(name) ?? [];
  printRatio('check with typical to one without', medianRatio(of('check with typical'), of('check')), null);
  console.log(`\nmedians of ${rounds} rounds; ${rows} rows a table in typical`);
  for (const [name, spent] of results) console.log(`${name.padEnd(24)} ${median(spent).toFixed(1).padStart(8)} ms`);
}
