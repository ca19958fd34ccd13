// This room knows the migration tools, one a folder: how to recognise and read their migrations, and how they run them.
import { atlas } from './atlas/atlas.ts';
import { command } from './command/command.ts';
import { dbMigrate } from './db-migrate/db-migrate.ts';
import { dbmate } from './dbmate/dbmate.ts';
import { diesel } from './diesel/diesel.ts';
import { drizzle } from './drizzle/drizzle.ts';
import { drizzle1 } from './drizzle-1/drizzle-1.ts';
import { flyway } from './flyway/flyway.ts';
import { golangMigrate } from './golang-migrate/golang-migrate.ts';
import { goose } from './goose/goose.ts';
import { knex } from './knex/knex.ts';
import { kysely } from './kysely/kysely.ts';
import { liquibase } from './liquibase/liquibase.ts';
import { mikroOrm } from './mikro-orm/mikro-orm.ts';
import { npmSqlite } from './npm-sqlite/npm-sqlite.ts';
import { plain } from './plain/plain.ts';
import { postgrator } from './postgrator/postgrator.ts';
import { prisma } from './prisma/prisma.ts';
import { refinery } from './refinery/refinery.ts';
import { rusqliteMigration } from './rusqlite_migration/rusqlite_migration.ts';
import { sequelizeCli } from './sequelize-cli/sequelize-cli.ts';
import { sqlMigrate } from './sql-migrate/sql-migrate.ts';
import { sqldelight } from './sqldelight/sqldelight.ts';
import { sqlx } from './sqlx/sqlx.ts';
import type { Tool } from './tool.ts';
import { typeorm } from './typeorm/typeorm.ts';
import { umzug } from './umzug/umzug.ts';
import { wrangler } from './wrangler/wrangler.ts';

/** Every tool, in the order in which evidence is told; the plain folder comes last and takes what no other claims. */
export const tools: readonly Tool[] = [
  wrangler,
  drizzle,
  drizzle1,
  prisma,
  rusqliteMigration,
  sqldelight,
  diesel,
  goose,
  sqlMigrate,
  dbmate,
  liquibase,
  refinery,
  flyway,
  postgrator,
  golangMigrate,
  sqlx,
  atlas,
  dbMigrate,
  npmSqlite,
  typeorm,
  mikroOrm,
  umzug,
  sequelizeCli,
  kysely,
  knex,
  command,
  plain,
];
