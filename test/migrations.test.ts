import { testMigrations } from '../src/vitest.ts';

testMigrations({ migrations: 'migrations', seeds: 'seeds' });
