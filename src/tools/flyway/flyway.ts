import type { Tool } from '../tool.ts';
import { keysOff } from './advice.ts';
import { read } from './read.ts';
import { recognise } from './recognise.ts';
import { settings } from './settings.ts';

/** Flyway. */
export const flyway: Tool = {
  name: 'flyway',
  title: 'Flyway',
  overrules: [],
  driver: 'jdbc',
  looksForDriver: false,
  recognise,
  read,
  settings,
  keysOff,
};
