import type { ForecastObstacle } from '../model/note.ts';

/** The additions of `connect` that the build of SQLite which counts steps does not have. */
export const beyondFunctions =
  'an aggregate, an extension or another addition of connect, and the build of SQLite that counts steps has only its plain functions';

/** The reasons for which a migration has no forecast. */
export const obstacles: Readonly<Record<ForecastObstacle, string>> = {
  program: 'it is a program, whose statements depend on the rows; those after it are not forecast either',
  connect: `it needs ${beyondFunctions}`,
  fails: 'it fails on rows of the shape of the profile; those after it are not forecast either',
  'no-counter':
    '@sqlite.org/sqlite-wasm@3.54.1-build1 counts the steps, and is not installed: npm install --save-dev --save-exact @sqlite.org/sqlite-wasm@3.54.1-build1',
  'much-work': 'it takes too many steps with a few hundred rows already',
};
