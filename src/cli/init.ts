import { type Command, Option } from 'commander';
import { resolveConfig } from '../config.ts';
import { HarnessError } from '../errors.ts';
import { createFile } from '../files/create.ts';
import { hasPrograms } from '../harness/programs.ts';
import { type ProjectSources, readSources } from '../harness/project.ts';
import { type FoundMigrations, filesFor, type NewFile } from '../init/files.ts';
import { type CiName, ciNames, lookAround, type Surroundings, seenFrom } from '../init/surroundings.ts';
import { printable } from '../report/printable.ts';
import { askForPrograms } from './consent.ts';
import { confirm, isAtTerminal } from './question.ts';

interface InitFlags {
  readonly ci?: CiName;
  readonly yes?: boolean;
  readonly allowPrograms?: boolean;
}

/** Adds `init [DIR]`: the config, the test and the CI job of a project. */
export function addInit(program: Command): void {
  program
    .command('init')
    .argument('[DIR]', 'the folder of migrations, or one above it (default: the one in this folder)')
    .summary('write a config, a vitest file and a CI job that judges pull requests')
    .description(
      'Finds the migrations, shows the files that put rowproof into this project, and writes them if you agree. Files that exist stay as they are.',
    )
    .addOption(new Option('--ci <service>', 'whose job to write (default: from the repository)').choices(ciNames))
    .option('--allow-programs', 'let rowproof run migrations that are programs')
    .option('-y, --yes', 'write the files without a question')
    .action(async (directory: string | undefined, flags: InitFlags) => {
      const asked = {
        ...(directory !== undefined && { migrations: directory }),
        programs: flags.allowPrograms ?? false,
      };
      const sources = await askForPrograms(readSources(resolveConfig(asked)));
      const around = lookAround('.');
      const ci = flags.ci ?? around.ci;
      const files = filesFor(around, foundIn(sources), ci);
      print(process.stderr, [describeFound(sources), '', ...files.flatMap(show)]);
      await agree(flags);
      print(process.stdout, [...write(files), '', ...nextSteps(around, ci)]);
    });
}

function foundIn({ history, config }: ProjectSources): FoundMigrations {
  const { directory, runner } = history;
  const isKnown = runner.driverEvidence !== null || runner.tool === 'rowproof';
  return {
    directory,
    assumedDriver: isKnown ? null : runner.driver,
    programs: config.programs && hasPrograms(history),
  };
}

function describeFound({ history: { directory, migrations, runner } }: ProjectSources): string {
  const count = migrations.length === 1 ? '1 migration' : `${migrations.length} migrations`;
  const by = runner.tool === 'plain' ? '' : ` of ${runner.title}`;
  return `${count}${by} in ${directory}. rowproof can write:`;
}

/** @throws HarnessError `bad-flag` where nobody agrees */
async function agree({ yes = false }: InitFlags): Promise<void> {
  if (yes || (isAtTerminal() && (await confirm('', 'Write these files?')))) return;
  throw new HarnessError('bad-flag', 'No file is written, because nobody has agreed.', {
    remedy: 'Answer yes, or add --yes.',
  });
}

function write(files: readonly NewFile[]): string[] {
  return files.flatMap(({ path, text, todo }) => {
    const name = seenFrom('.', path);
    if (!createFile(path, text)) return [`exists   ${name} (left as it is)`];
    return [`written  ${name}`, ...(todo === null ? [] : [`         ${todo}`])];
  });
}

function nextSteps({ packages }: Surroundings, ci: CiName): string[] {
  const add = { npm: 'npm install -D', pnpm: 'pnpm add -D', yarn: 'yarn add -D', bun: 'bun add -d' };
  const isMissing = packages !== null && !packages.hasRowproof;
  return [
    ...(isMissing ? [`Install it: ${add[packages.manager]} rowproof`] : []),
    ...(ci === 'none' ? ['In CI, run: npx rowproof check --since-git origin/main'] : []),
    'Next: npx rowproof',
  ];
}

function show({ path, text }: NewFile): string[] {
  const lines = text.trimEnd().split('\n');
  return [seenFrom('.', path), ...lines.map((line) => `    ${line}`), ''];
}

function print(stream: NodeJS.WriteStream, lines: readonly string[]): void {
  stream.write(lines.map((line) => `${printable(line).trimEnd()}\n`).join(''));
}
