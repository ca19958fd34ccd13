import type { Tool } from '../tool.ts';
import { keysOff } from './advice.ts';
import { read } from './read.ts';
import { recognise } from './recognise.ts';
import { settings } from './settings.ts';

/** Liquibase. */
export const liquibase: Tool = {
  name: 'liquibase',
  title: 'Liquibase',
  overrules: ['atlas', 'sqlx'],
  driver: 'jdbc',
  looksForDriver: false,
  recognise,
  read,
  settings,
  keysOff,
};
