import type { Tool } from '../tool.ts';
import { keysOff } from './advice.ts';
import { read } from './read.ts';
import { recognise } from './recognise.ts';
import { settings } from './settings.ts';

/** Atlas. */
export const atlas: Tool = {
  name: 'atlas',
  title: 'Atlas',
  overrules: [],
  driver: 'go',
  looksForDriver: false,
  recognise,
  read,
  settings,
  keysOff,
};
