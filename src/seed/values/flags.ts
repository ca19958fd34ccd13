import { named } from '../../text/kinds/kind.ts';
import type { ValueKind } from './kind.ts';
import { repeating, type Series } from './series.ts';

const flagNames = new RegExp(
  `^(?:${'is has can should allow allows use uses enable disable show hide was did needs requires'.replaceAll(' ', '|')})_|${
    named(
      'enabled disabled active inactive deleted archived hidden locked pinned starred favorite favourite favorited ' +
        'favourited public private verified done completed read blocked banned required optional confirmed approved ' +
        'published visible granted truncated revoked used flag',
    ).source
  }`,
);

const flagsDown = named(
  'disabled inactive deleted archived hidden locked blocked banned revoked removed cancelled canceled expired failed ' +
    'truncated draft admin disable hide used',
);

/** Yes or no as a number. */
export const flagKinds: readonly ValueKind[] = [
  { names: null, contents: ['boolean'], evident: true, series: ({ name }) => flags(name) },
  { names: flagNames, contents: ['integer', 'anything'], evident: false, series: ({ name }) => flags(name) },
];

/** Whether a name is that of a yes or no. */
export function isFlagName(name: string): boolean {
  return flagNames.test(name);
}

/**
 * 1 for what a living row says yes to, 0 for its end (`is_deleted`). Where no two may be the same, they soon are
 * neither.
 */
function flags(name: string): Series<number> {
  const flag = flagsDown.test(name) ? 0 : 1;
  return repeating(
    () => flag,
    (index) => (index < 2 ? flag ^ index : index),
  );
}
