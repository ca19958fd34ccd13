import type { DriverName } from '../model/tool.ts';
import { forkNamed } from './forks.ts';

/** Modules by the driver that they are. */
const modules: Readonly<Record<string, DriverName>> = {
  'node:sqlite': 'node',
  'bun:sqlite': 'bun',
  libsql: 'libsql',
  '@libsql/client': 'libsql',
};

const imports = /(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\()\s*["'`]([^"'`]+)["'`]/g;

/** The driver that a program imports or requires; null where it names none, or two. */
export function driverImported(text: string): DriverName | null {
  const found = new Set([...text.matchAll(imports)].flatMap(([, name = '']) => modules[name] ?? forkNamed(name) ?? []));
  const [driver] = found;
  return found.size === 1 && driver !== undefined ? driver : null;
}
