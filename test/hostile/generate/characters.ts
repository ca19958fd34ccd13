import type { Random } from '../random.ts';

/** Characters that SQLite, editors and terminals treat in their own ways. */
export function unusual(random: Random): string {
  return random.pick([
    '\ufeff',
    '\ufeff',
    '\ufeff',
    '\u000b',
    '\f',
    '\u0000',
    '\u001a',
    '\u00a0',
    '\u2028',
    '\u200b',
    '\u202e',
    '\u001b[2K',
    '\u007f',
    '\u0085',
    '\ud800',
    '\r',
    '\b',
    '\u00ad',
    '😀',
    '\ufffe',
  ] as const);
}
