import { knex } from './knex.ts';
import { kysely } from './kysely.ts';
import { mikroOrm } from './mikro-orm.ts';
import type { ProgramDriver } from './program-driver.ts';
import { sequelize } from './sequelize.ts';
import { typeorm } from './typeorm.ts';
import { umzug } from './umzug.ts';

/** Every tool whose migrations are programs, on each driver that installs. */
export const programDrivers: readonly ProgramDriver[] = [
  ...knex,
  ...kysely,
  ...typeorm,
  ...mikroOrm,
  ...umzug,
  ...sequelize,
];
