import type { Random } from '../random.ts';

const plain = [
  'users',
  'orders',
  'items',
  'tags',
  'notes',
  'a',
  'b',
  'name',
  'email',
  'state',
  'total',
  'created_at',
] as const;

const nasty = [
  'order',
  'select',
  'Values',
  'rowid',
  'oid',
  '_rowid_',
  'sqlite_x',
  '_migrations',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'prototype',
  "it's",
  'a"b',
  'a`b',
  'a]b',
  '[x]',
  'a.b',
  ' a',
  'a ',
  'a\nb',
  'a\r\nb',
  'a\tb',
  '\u001b[31mred\u001b[0m',
  '\u0007',
  '\u007f',
  '\u009b2J',
  '\u202egpj.exe',
  '\u2066x\u2069',
  '\ufeffx',
  'x\ufeff',
  '\u200b',
  '\u2028',
  'é',
  'e\u0301',
  'ß',
  'İ',
  'ı',
  '\u212a',
  '😀',
  '👨‍👩‍👧',
  '日本',
  'عربى',
  'a'.repeat(1000),
  '%s',
  `$\{x}`,
  '{{x}}',
  '$1',
  '--',
  '/*',
  '*/',
  ';',
  '?',
  '@a',
  ':a',
  '#',
  '0',
  '1a',
  'NULL',
  'true',
  'main',
  'temp',
  'new',
  'old',
  'excluded',
  'END',
  'CASE',
  'no such function: x',
] as const;

/** A name of a table or column; a tenth of them are such that only strangers give them. */
export function nameOf(random: Random, share = 0.1): string {
  return random.chance(share) ? random.pick(nasty) : random.pick(plain);
}

/** A name with its quotes, in one of the ways that SQLite takes. */
export function quoted(random: Random, name: string): string {
  if (/^[a-z]+$/.test(name) && random.chance(0.7)) return name;
  const brackets = !name.includes(']') && random.chance(0.1);
  if (brackets) return `[${name}]`;
  return random.chance(0.1) ? `\`${name.replaceAll('`', '``')}\`` : `"${name.replaceAll('"', '""')}"`;
}
