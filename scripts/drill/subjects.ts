import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../src/config.ts';
import { type DrillKind, drillKinds } from '../../src/model/drill.ts';
import type { DrillRequest } from '../../src/model/request.ts';
import { fixedConfig, specimens } from '../../test/specimens.ts';

const root = join(import.meta.dirname, '../..');

/** A project that is drilled. */
export interface Subject {
  readonly name: string;
  /** A line of the table that it counts for. */
  readonly group: string;
  /** The kinds of faults that may break its migrator; null for one that is known to be bad, which must be caught. */
  readonly breaks: readonly DrillKind[] | null;
  /** Makes the project in an empty folder. */
  readonly prepare: (folder: string) => Config;
  readonly request: DrillRequest & { readonly faults: number };
}

/** The faults that need no process: a process for each of 154 specimens would take most of the time. */
const quick = drillKinds.slice(0, drillKinds.indexOf('io-error'));

/** The faults of each specimen. */
const perSpecimen = 50;

/** A known bad migrator breaks under one fault of four: that none of so many shows it is out of the question. */
const telling = 60;

/** The share of the specimens and of `migrations/`; the rest is that of the tools. */
const shares = { specimens: 0.67, demonstration: 0.15, tools: 0.18 } as const;

/** [sample, its folder of migrations, the kinds that break its tool]: programs that the tool itself runs. */
const programs: readonly (readonly [string, string, Subject['breaks']])[] = [
  ['knex', 'migrations', []],
  // It asks what is applied before it begins: of two that start at once, both run everything, and the ledger has it twice.
  ['typeorm', 'src/migrations', ['two-processes', 'eight-processes']],
  ['kysely', 'migrations', null],
];

/** The same for SQL, which rowproof runs as the tool does. */
const emulated: readonly (readonly [string, string, Subject['breaks']])[] = [
  ['drizzle-0x', 'drizzle', []],
  ['dbmate', 'db/migrations', []],
  ['prisma', 'prisma/migrations', null],
];

/** A program in `test/drill/migrators` that survives everything, and is run as a command for each migration. */
const command = 'careful';

/** The projects of a drill of about so many faults: all that there are from some 11,500 on, and a part of the specimens below. */
export function subjectsOf(faults: number): Subject[] {
  const number = Math.min(specimens.length, Math.ceil((shares.specimens * faults) / perSpecimen));
  const chosen = specimens.filter(
    (_, i) => Math.floor((i * number) / specimens.length) !== Math.floor(((i - 1) * number) / specimens.length),
  );
  const perTool = Math.ceil((shares.tools * faults) / (programs.length + emulated.length + 2));
  const faultsFor = (breaks: Subject['breaks']): number => (breaks === null ? Math.max(perTool, telling) : perTool);
  return [
    {
      name: 'migrations/',
      group: 'migrations/ (rowproof migrate)',
      breaks: [],
      prepare: () => ({ migrations: join(root, 'migrations'), seeds: join(root, 'seeds'), tool: 'rowproof' }),
      request: { faults: Math.ceil(shares.demonstration * faults) },
    },
    ...chosen.map(
      (specimen): Subject => ({
        name: specimen.name,
        group: 'specimens, corrected (rowproof migrate)',
        breaks: [],
        prepare: (folder) => ({ ...fixedConfig(specimen, folder), transaction: 'per-migration', rows: 40 }),
        request: { faults: perSpecimen, kinds: quick },
      }),
    ),
    {
      name: 'plain',
      group: 'samples (rowproof migrate)',
      breaks: [],
      prepare: (folder) => ({ ...sampleIn(folder, 'tools', 'plain', 'migrations'), tool: 'rowproof' }),
      request: { faults: perTool },
    },
    ...programs.map(
      ([sample, place, breaks]): Subject => ({
        ...{ name: sample, group: `${sample} (the tool itself)`, breaks },
        prepare: (folder) => ({ ...sampleIn(folder, 'programs', sample, place), programs: true }),
        request: { faults: faultsFor(breaks) },
      }),
    ),
    ...emulated.map(
      ([sample, place, breaks]): Subject => ({
        ...{ name: sample, group: `${sample} (as the tool does)`, breaks },
        prepare: (folder) => sampleIn(folder, 'tools', sample, place),
        request: { faults: faultsFor(breaks) },
      }),
    ),
    {
      name: command,
      group: 'samples (a command)',
      breaks: [],
      prepare: (folder) => {
        const { migrations } = sampleIn(folder, 'tools', 'plain', 'migrations');
        const program = join(root, 'test/drill/migrators', `${command}.mjs`);
        return {
          migrations,
          migrator: { up: `${process.execPath} '${program}' '${migrations}' {file} {version}`, ledger: 'ledger' },
        };
      },
      // Each of them is a process.
      request: { faults: Math.ceil(perTool / 20) },
    },
  ];
}

/** A sample in a folder of its own, with the packages of this repository for the tools. */
function sampleIn(
  folder: string,
  kind: 'programs' | 'tools',
  sample: string,
  place: string,
): Config & { readonly migrations: string } {
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, 'test', kind, 'samples', sample), folder, { recursive: true });
  if (kind === 'programs') {
    writeFileSync(join(folder, 'package.json'), '{ "type": "module", "dependencies": { "better-sqlite3": "*" } }');
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  }
  return { migrations: join(folder, place) };
}
