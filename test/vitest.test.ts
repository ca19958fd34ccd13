import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { isWide } from './breadth.ts';
import { folderWith } from './temporary.ts';

const root = join(import.meta.dirname, '..').replaceAll('\\', '/');
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');

const names = ['0001_init', '0002_publishers', '0003_users', '0004_skills', '0005_pipelines_publisher_required'];
const sides = ['empty', 'fixture', 'one-row', 'typical', 'awkward'];
const all = sides.flatMap((side) => names.map((name) => `migrations ${side} ${name}`));
const refused = sides
  .slice(1)
  .map((side) => `migrations ${side} 0002_publishers`)
  .sort();

/** Node runs our sources, and not vite, as it runs what is installed. */
const native = 'export default { test: { server: { deps: { external: [/\\/src\\//] } } } };';

/** The demonstration history with its second migration as it was first written, which fails once there is a pipeline. */
const outage = {
  ...Object.fromEntries(
    readdirSync(join(root, 'migrations')).map((name) => [
      `migrations/${name}`,
      readFileSync(join(root, 'migrations', name), 'utf8').replace(
        /^ALTER TABLE pipelines ADD COLUMN publisher_id [^;]+;\s+UPDATE pipelines [^;]+;/m,
        "ALTER TABLE pipelines ADD COLUMN publisher_id TEXT NOT NULL DEFAULT 'pub_demo_seed' REFERENCES publishers(id);",
      ),
    ]),
  ),
  'vitest.config.mjs': native,
  'seeds/0001_demo_pipeline.sql': readFileSync(join(root, 'seeds/0001_demo_pipeline.sql'), 'utf8'),
};

/** A history of which not everything can be run, and a deletion as it was meant. */
const broken = {
  'broken/0001_init.sql': 'CREATE TABLE jobs (id INTEGER PRIMARY KEY, done INTEGER NOT NULL);',
  'broken/0002_tidy.sql': 'DELETE FROM jobs WHERE done = 1;',
  'broken/0003_tags.js': 'export default (db) => db.exec("CREATE TABLE tags (id INTEGER PRIMARY KEY)");',
  'broken/0004_tag_names.sql': 'ALTER TABLE tags ADD COLUMN name TEXT;',
  'broken/0005_jobs.sql': 'CREATE TABLE jobs (id INTEGER PRIMARY KEY);',
  'broken/0006_later.sql': 'CREATE TABLE later (id INTEGER PRIMARY KEY);',
  'rows/0001_jobs.sql': 'INSERT INTO jobs (id, done) VALUES (1, 0), (2, 1);',
};

/** A rebuild that forgets the copy: an error and a warning. */
function lossy(folder: string) {
  return {
    [`${folder}/0001_init.sql`]: `CREATE TABLE boats (id INTEGER PRIMARY KEY);
      CREATE TABLE berths (id INTEGER PRIMARY KEY, boat_id INTEGER REFERENCES boats(id));`,
    [`${folder}/0002_boats.sql`]: 'DROP TABLE boats;\nCREATE TABLE boats (id INTEGER PRIMARY KEY, name TEXT);',
  };
}

/** A test file that calls `testMigrations` with the expression `config`. */
function calling(config: string): string {
  return `import { testMigrations } from '${root}/src/vitest.ts';\n\ntestMigrations(${config});\n`;
}

const jsonReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()) }),
      ),
    }),
  ),
});

/** The result of a run of vitest. */
interface Run {
  /** Its output: each test when it was over, then the failures. */
  readonly output: string;
  /** The test files that it ran. */
  readonly files: readonly string[];
  /** The messages of the files that could not be collected. */
  readonly complaints: readonly string[];
  /** The names of the tests with that status. */
  readonly tests: (status: 'passed' | 'failed' | 'skipped') => string[];
  /** The messages of the test with that name. */
  readonly messages: (name: string) => readonly string[];
  readonly junit: string;
}

/** Runs vitest in `folder` as a user does, with the reporters that CI servers read. */
async function runVitest(folder: string, ...args: string[]): Promise<Run> {
  const reports = folderWith();
  const reporters = ['verbose', 'github-actions', 'json', 'junit'].map((name) => `--reporter=${name}`);
  const files = [`--outputFile.json=${reports}/report.json`, `--outputFile.junit=${reports}/report.xml`];
  const speed = ['--pool=threads', '--no-isolate', '--no-file-parallelism'];
  const output = await new Promise<string>((done) => {
    execFile(
      process.execPath,
      [vitest, 'run', '--no-color', ...speed, ...reporters, ...files, ...args],
      { cwd: folder, env: { ...process.env, NODE_OPTIONS: '', GITHUB_STEP_SUMMARY: '' } },
      (_exit, stdout, stderr) => done(stdout + stderr),
    );
  });
  expect(readdirSync(reports).sort(), output).toEqual(['report.json', 'report.xml']);
  const { testResults } = jsonReport.parse(JSON.parse(readFileSync(join(reports, 'report.json'), 'utf8')));
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  return {
    output,
    files: testResults.map(({ name }) => basename(name)).sort(),
    complaints: testResults.map(({ message }) => message).filter((message) => message !== ''),
    tests: (wanted) =>
      results
        .filter(({ status }) => status === wanted)
        .map(({ fullName }) => fullName)
        .sort(),
    messages: (name) => results.find(({ fullName }) => fullName === name)?.failureMessages ?? [],
    junit: readFileSync(join(reports, 'report.xml'), 'utf8'),
  };
}

/** The tests in the order in which they ended. */
function order({ output }: Run): string[] {
  return [...output.matchAll(/^ [✓×] \S+ > (.+?) \d+ms/gm)].map(([, name = '']) => name.replaceAll(' > ', ' '));
}

test('a migration that fails on rows fails on every dataset, with the message of SQLite and its line', async () => {
  const folder = folderWith({ ...outage, 'migrations.test.js': calling("{ migrations: 'migrations' }") });
  const run = await runVitest(folder);

  expect(run.tests('failed')).toEqual(refused);
  expect(run.tests('passed')).toEqual(all.filter((name) => !refused.includes(name)).sort());
  const [message, ...others] = run.messages('migrations fixture 0002_publishers');
  expect(others).toEqual([]);
  expect(message).toMatch(/^fails-on-rows: 0002_publishers {2}fails on rows, passes when empty {2}fixture\n/);
  expect(message).toContain('\n    migrations/0002_publishers.sql:41   statement 6 of 8\n');
  expect(message).toContain('\n    SQLite: Cannot add a REFERENCES column with non-NULL default value\n');
  expect(message).toContain("\n    1 row of pipelines is in the way: id 'demo'.");

  // The other datasets refer to it, and have no place of their own.
  expect(run.messages('migrations typical 0002_publishers')).toEqual([
    'fails-on-rows: 0002_publishers  fails on rows, passes when empty: the same as on fixture',
  ]);
  expect(run.output.match(/^::error /gm)).toHaveLength(1);

  // The place is the statement and nothing of ours; vitest quotes it, and GitHub shows the failure beside it.
  expect(run.output).toMatch(
    /explain add-column-references-default\n {4}Ask {5}SELECT .*\n {4}Rewrite [^❯]*\n ❯ migrations\/0002_publishers\.sql:41:1\n +39\|/,
  );
  expect(run.output).toMatch(/\n +41\| ALTER TABLE pipelines ADD COLUMN publisher_id TEXT NOT NULL .*\n +\| \^\n/);
  expect(run.output).not.toMatch(/ ❯ .*src\//);
  expect(run.output).toMatch(
    /^::error file=.*\/migrations\/0002_publishers\.sql,title=.*,line=41,column=1::fails-on-rows/m,
  );

  expect(run.junit).toMatch(
    /name="migrations &gt; fixture &gt; 0002_publishers" time="[\d.]+">\s+<failure message="0002_publishers .*\n.*:41 [^>]*type="fails-on-rows">/,
  );
});

test('every finding that counts is a separate failure, and the others are annotations', async () => {
  const config = "seeds: 'rows', dataset: ['fixture'], foreignKeys: false";
  const folder = folderWith({
    ...lossy('strict'),
    ...lossy('never'),
    'rows/0001_boats.sql': 'INSERT INTO boats VALUES (1); INSERT INTO berths VALUES (1, 1);',
    'strict.test.js': calling(`{ migrations: 'strict', ${config}, strict: true }`),
    'never.test.js': calling(`{ migrations: 'never', ${config}, failOn: 'never' }`),
    'vitest.config.mjs': native,
  });
  const run = await runVitest(folder);

  expect(run.tests('failed')).toEqual(['strict fixture 0002_boats']);
  expect(run.messages('strict fixture 0002_boats')).toEqual([
    expect.stringMatching(/^orphans-created: 0002_boats .*\n.*strict\/0002_boats\.sql:1 /),
    expect.stringMatching(/^rows-lost: 0002_boats .*\n.*strict\/0002_boats\.sql:1 /),
  ]);
  expect(run.output).toMatch(/✓ .* never > fixture > 0002_boats .*\s+❯ error\n.*leaves rows without a parent/);
  expect(run.output).toMatch(/❯ warning\n.*drops and recreates a table/);
});

// Each of these starts vitest once more, or twice.
test.runIf(isWide)('a test that runs alone gives the same result as among others', async () => {
  const folder = folderWith({ ...outage, 'migrations.test.js': calling("{ migrations: 'migrations' }") });
  const run = await runVitest(folder, '-t', '(empty|fixture) .*0003|one-row .*0002');

  expect(run.tests('passed')).toEqual(['migrations empty 0003_users', 'migrations fixture 0003_users']);
  expect(run.tests('failed')).toEqual(['migrations one-row 0002_publishers']);
  expect(run.tests('skipped')).toHaveLength(all.length - 3);
});

test.runIf(isWide)('the order of the tests changes nothing, and no order runs a pipeline twice', async () => {
  const folder = folderWith({
    ...outage,
    'seeds/0001_count.mjs': `import { appendFileSync } from 'node:fs';
      export default () => appendFileSync('count', '.');`,
    'migrations.test.js': calling("{ migrations: 'migrations' }"),
  });
  const seeds = [1, 2];
  const runs = await Promise.all(
    seeds.map((seed) => runVitest(folder, '--sequence.shuffle', `--sequence.seed=${seed}`)),
  );

  expect(new Set(runs.map((run) => order(run).join())).size).toBe(seeds.length);
  for (const run of runs) {
    expect(order(run).sort()).toEqual(all.toSorted());
    expect(run.tests('failed')).toEqual(refused);
  }
  expect(readFileSync(join(folder, 'count'), 'utf8')).toHaveLength(seeds.length);
});

test.runIf(isWide)('shards divide datasets in separate files, and their reports merge', async () => {
  // An absolute path, as projects write it that run from elsewhere, is a relative one in names.
  const absolute = "import.meta.dirname + '/migrations'";
  const folder = folderWith({
    ...outage,
    'fixture.test.js': calling(`{ migrations: ${absolute}, dataset: ['fixture'] }`),
    'one-row.test.js': calling(`{ migrations: ${absolute}, dataset: ['one-row'] }`),
  });
  const shards = ['1/2', '2/2'].map((shard) => runVitest(folder, `--shard=${shard}`, '--reporter=blob'));
  const runs = await Promise.all(shards);
  const merged = await runVitest(folder, '--merge-reports');

  expect(runs.flatMap(({ files }) => files).sort()).toEqual(['fixture.test.js', 'one-row.test.js']);
  expect(runs.map(({ files }) => files.length)).toEqual([1, 1]);
  const expected = refused.filter((name) => /fixture|one-row/.test(name));
  expect(runs.flatMap((run) => run.tests('failed')).sort()).toEqual(expected);

  expect(merged.files).toEqual(['fixture.test.js', 'one-row.test.js']);
  expect(merged.tests('failed')).toEqual(expected);
  expect(merged.output.match(/^::error .*0002_publishers\.sql.*line=41/gm)).toHaveLength(2);
});

test('unusable input fails with its reason', async () => {
  const folder = folderWith({
    ...outage,
    ...broken,
    'bad/0003_jobs.sql': "INSERT INTO users (id) VALUES ('no');",
    'bad-seed.test.js': calling("{ migrations: 'migrations', seeds: 'bad' }"),
    'broken.test.js': calling("{ migrations: 'broken', seeds: 'rows', dataset: ['fixture'] }"),
    'missing.test.js': calling("{ migrations: 'nowhere' }"),
  });
  const run = await runVitest(folder);

  expect(run.complaints).toEqual([
    expect.stringMatching(/^nowhere is not a folder that can be read\.\nName the folder/),
  ]);
  expect(run.output).toContain(' ❯ missing.test.js:3:1\n');

  expect(run.tests('failed')).toEqual(
    [
      'broken empty 0005_jobs',
      'migrations fixture 0001_init',
      ...refused.filter((name) => !name.includes('fixture')),
    ].sort(),
  );
  expect(run.messages('migrations fixture 0001_init')).toEqual([
    expect.stringMatching(
      /^rowproof: bad\/0003_jobs\.sql:1: the rows do not fit: .*\nCorrect the seed.*\n +at .*0003_jobs\.sql:1:1\n +at .*bad-seed\.test\.js:3:1/,
    ),
  ]);
  expect(run.output).toMatch(
    /↓ .* fixture > 0005_pipelines_publisher_required .*\[there is no result, as 0001_init tells\]/,
  );

  expect(run.output).toMatch(/↓ .* fixture > 0003_tags .*\[it is a program, and programs are not run\]/);
  expect(run.output).toMatch(
    /↓ .* fixture > 0004_tag_names .*\[it needs an object that a skipped program would have made\]/,
  );
  expect(run.output).toMatch(/↓ .* fixture > 0005_jobs .*\[the history ends at 0005_jobs, which fails on the empty/);
  expect(run.output).toMatch(/✓ .* fixture > 0002_tidy .*\s+❯ notice\s+↳ 0002_tidy {2}deletes rows, as written/);
});
