import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type CiJob, githubWorkflow, gitlabJob } from './ci.ts';
import { type CiName, type Surroundings, seenFrom } from './surroundings.ts';

/** A file that `init` writes. */
export interface NewFile {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  /** The step that is left to its owner; null where there is none. */
  readonly todo: string | null;
}

/** The migrations of a project, as `init` puts them into the config. */
export interface FoundMigrations {
  /** The folder of migrations. */
  readonly directory: string;
  /** The driver that is assumed, because nothing shows it; null where something does. */
  readonly assumedDriver: string | null;
  /** Whether migrations are programs that its owner allows to run. */
  readonly programs: boolean;
}

/** The files that put rowproof into a project: its config, its test where there is vitest, its CI job. */
export function filesFor(around: Surroundings, found: FoundMigrations, ci: CiName): NewFile[] {
  const config = configFile(around, found);
  const files = [config];
  if (around.packages?.hasVitest === true) files.push(testFile(around, config));
  const job = jobFor(around, found, config);
  const top = around.repository ?? around.root;
  if (ci === 'github')
    files.push({ path: join(top, '.github/workflows/rowproof.yml'), text: githubWorkflow(job), todo: null });
  if (ci === 'gitlab') files.push(gitlabFile(top, job));
  return files;
}

function configFile(
  { root, packages }: Surroundings,
  { directory, assumedDriver, programs }: FoundMigrations,
): NewFile {
  const keys = [
    `  migrations: ${quoted(seenFrom(root, directory))},`,
    ...(programs ? ['  // The migrations are programs, which rowproof may run.', '  programs: true,'] : []),
    ...(assumedDriver === null
      ? []
      : [
          `  // Nothing here shows the driver of production: rowproof assumes ${assumedDriver}.`,
          `  // driver: '${assumedDriver}',`,
        ]),
  ];
  const body = `{\n${keys.join('\n')}\n}`;
  return packages === null
    ? {
        path: join(root, 'rowproof.config.mjs'),
        text: `export default ${body};\n`,
        todo: null,
      }
    : {
        path: join(root, 'rowproof.config.ts'),
        text: `import { defineConfig } from 'rowproof';\n\nexport default defineConfig(${body});\n`,
        todo: null,
      };
}

/** Beside the other tests, if a usual folder has them. */
function testFile({ root }: Surroundings, config: NewFile): NewFile {
  const folder = ['test', 'tests', '__tests__'].find((name) => existsSync(join(root, name))) ?? 'test';
  // TypeScript and Vite take the name that the compiled file has: https://www.typescriptlang.org/docs/handbook/modules/reference.html
  const name = seenFrom(join(root, folder), config.path).replace(/\.ts$/, '.js');
  return {
    path: join(root, folder, 'migrations.test.ts'),
    text: `import { testMigrations } from 'rowproof/vitest';\nimport config from '${name}';\n\ntestMigrations(config);\n`,
    todo: null,
  };
}

function gitlabFile(top: string, job: CiJob): NewFile {
  const main = join(top, '.gitlab-ci.yml');
  if (!existsSync(main)) return { path: main, text: gitlabJob(job), todo: null };
  return {
    path: join(top, '.gitlab/rowproof.yml'),
    text: gitlabJob(job),
    todo: "Add to .gitlab-ci.yml: include: [{ local: '.gitlab/rowproof.yml' }]",
  };
}

function jobFor({ root, repository, packages }: Surroundings, { directory }: FoundMigrations, config: NewFile): CiJob {
  const top = repository ?? root;
  return {
    folder: seenFrom(top, root),
    watched: [directory, join(dirname(directory), 'seeds')]
      .map((folder) => `${seenFrom(top, folder)}/**`)
      .concat(seenFrom(top, config.path)),
    manager: packages?.manager ?? null,
  };
}

/** A string of JavaScript in the quotes that most formatters want. */
function quoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
