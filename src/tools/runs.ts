import type { ToolName } from '../model/tool.ts';
import { run as knex } from './knex/run.ts';
import { run as kysely } from './kysely/run.ts';
import { run as mikroOrm } from './mikro-orm/run.ts';
import { run as npmSqlite } from './npm-sqlite/run.ts';
import { run as plain } from './plain/run.ts';
import { run as postgrator } from './postgrator/run.ts';
import { run as sequelizeCli } from './sequelize-cli/run.ts';
import { run as typeorm } from './typeorm/run.ts';
import { run as umzug } from './umzug/run.ts';
import type { LoadRun } from './workshop.ts';

/** The tools whose programs can be run, each with what runs them in the thread that has the user's modules. */
export const runs: Partial<Readonly<Record<ToolName, LoadRun>>> = {
  knex,
  kysely,
  'mikro-orm': mikroOrm,
  'npm-sqlite': npmSqlite,
  plain,
  postgrator,
  'sequelize-cli': sequelizeCli,
  typeorm,
  umzug,
};
