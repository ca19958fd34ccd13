import { shellWord } from '../text/shell-word.ts';
import type { PackageManager } from './surroundings.ts';

/** The job of a CI service that judges the migrations of a pull request. */
export interface CiJob {
  /** The folder of the config, as seen from the root of the repository. */
  readonly folder: string;
  /** The patterns of files that start it, as seen from there. */
  readonly watched: readonly string[];
  /** The package manager of the project; null where it has no package.json. */
  readonly manager: PackageManager | null;
}

interface Commands {
  readonly install: readonly string[];
  readonly run: string;
}

const commands: Readonly<Record<PackageManager, Commands>> = {
  npm: { install: ['npm ci'], run: 'npx rowproof' },
  pnpm: { install: ['npx -y pnpm install --frozen-lockfile'], run: 'npx -y pnpm exec rowproof' },
  yarn: { install: ['npx -y corepack enable', 'yarn install --immutable'], run: 'yarn rowproof' },
  bun: { install: ['npx -y bun install --frozen-lockfile'], run: 'npx rowproof' },
};

const withoutPackages: Commands = { install: [], run: 'npx -y rowproof' };

function commandsOf({ manager }: CiJob): Commands {
  return manager === null ? withoutPackages : commands[manager];
}

/** A workflow of GitHub Actions. https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax */
export function githubWorkflow(job: CiJob): string {
  const { install, run } = commandsOf(job);
  const inFolder =
    job.folder === '.' ? '' : `    defaults:\n      run:\n        working-directory: ${text(job.folder)}\n`;
  return `# Judges the migrations of a pull request on an empty database and on databases with rows.
name: rowproof
on:
  pull_request:
    paths: ${list(job.watched)}
permissions:
  contents: read
jobs:
  migrations:
    runs-on: ubuntu-latest
${inFolder}    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-node@v5
        with:
          node-version: 24
${install.map((command) => `      - run: ${command}\n`).join('')}      - run: git fetch --depth=1 origin "$GITHUB_BASE_REF"
      - run: ${run} check --since-git FETCH_HEAD
`;
}

/** A job of GitLab CI; its findings stand in the merge request. https://docs.gitlab.com/ci/yaml/ */
export function gitlabJob(job: CiJob): string {
  const { install, run } = commandsOf(job);
  const report = job.folder === '.' ? 'rowproof.json' : `${job.folder}/rowproof.json`;
  const script = [
    ...(job.folder === '.' ? [] : [`cd ${shellWord(job.folder)}`]),
    ...install,
    'git fetch --depth=1 origin "$CI_MERGE_REQUEST_TARGET_BRANCH_NAME"',
    `${run} check --since-git FETCH_HEAD --format terminal --format gitlab=rowproof.json`,
  ];
  return `# Judges the migrations of a merge request on an empty database and on databases with rows.
rowproof:
  image: node:24
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
      changes: ${list(job.watched)}
  script:
${script.map((command) => `    - ${text(command)}`).join('\n')}
  artifacts:
    when: always
    reports:
      codequality: ${text(report)}
`;
}

/** JSON is YAML: https://yaml.org/spec/1.2.2/#13-terminology */
function text(value: string): string {
  return /^[\w./ -]+$/.test(value) && !/^[\s.-]*$|^\s|\s$|: | #/.test(value) ? value : JSON.stringify(value);
}

function list(values: readonly string[]): string {
  return `[${values.map((value) => JSON.stringify(value)).join(', ')}]`;
}
