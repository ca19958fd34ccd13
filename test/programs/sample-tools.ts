import { readHistory } from '../../src/tools/history.ts';
import { samples } from './fill.ts';
import { knex, kysely, kyselyOf028, mikroOrm, type RealStep, typeorm, typeormOf03, umzug } from './real-tools.ts';

/** A sample with the tool that runs it. */
export interface SampleTool {
  readonly title: string;
  readonly sample: string;
  /** The folder of the migrations. */
  readonly place: string;
  /** The tool itself; null where it needs a driver that is not installed here. */
  readonly step: RealStep | null;
  /** Rows of users, posts and comments after the third step. */
  readonly left: string;
  /** The line of the user's that loses them; null where none are lost. */
  readonly line: string | null;
  /** Names of packages here, by those in the project: an earlier version. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Every sample, with each version of its tool. */
export const sampleTools: readonly SampleTool[] = [
  {
    ...{ title: 'Knex 3', sample: 'knex', place: 'migrations', step: knex, versions: {} },
    ...{ left: '2/0/0', line: '20260103000000_display_name_required.js:2' },
  },
  {
    ...{ title: 'Kysely 0.29', sample: 'kysely', place: 'migrations', step: kysely, versions: {} },
    ...{ left: '2/2/3', line: null },
  },
  {
    ...{ title: 'Kysely 0.28', sample: 'kysely', place: 'migrations', step: kyselyOf028 },
    ...{ left: '2/2/3', line: null, versions: { kysely: 'kysely-0-28' } },
  },
  {
    ...{ title: 'TypeORM 1', sample: 'typeorm', place: 'src/migrations', step: typeorm, versions: {} },
    ...{ left: '2/2/3', line: null },
  },
  {
    ...{ title: 'TypeORM 0.3', sample: 'typeorm', place: 'src/migrations', step: typeormOf03 },
    ...{ left: '2/2/3', line: null, versions: { typeorm: 'typeorm-0-3' } },
  },
  {
    ...{ title: 'MikroORM 7', sample: 'mikro-orm', place: 'src/migrations', step: mikroOrm, versions: {} },
    ...{ left: '2/0/0', line: 'Migration20261129202408_display_name_required.ts:11' },
  },
  {
    ...{ title: 'Umzug 3', sample: 'umzug', place: 'migrations', step: umzug, versions: {} },
    ...{ left: '2/0/0', line: '2026.01.03T00.00.00.display-name-required.ts:8' },
  },
  {
    ...{ title: 'sequelize-cli 6', sample: 'sequelize-cli', place: 'migrations', step: null, versions: {} },
    ...{ left: '2/0/0', line: '20260103000000-display-name-required.js:4' },
  },
];

/** The name of the rows that are put in after the first step of a sample. */
export function rowsNameOf({ sample, place }: SampleTool): string {
  return `${readHistory(`${samples}/${sample}/${place}`).migrations[0]?.id ?? '1'}_rows`;
}
