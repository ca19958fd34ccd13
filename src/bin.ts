#!/usr/bin/env node
// On an old Node the native driver crashes, so nothing else is imported before the version check.
import { extname } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const complaint = await import('./supported-node.ts').then(
  () => null,
  (error: unknown) => (error instanceof Error ? error.message : String(error)),
);

if (complaint === null) {
  const { supervise } = await import('./supervise/supervisor.ts');
  const command = fileURLToPath(new URL(`./command${extname(import.meta.url)}`, import.meta.url));
  process.exitCode = await supervise(command, process.argv.slice(2));
} else {
  process.stderr.write(`${complaint}\n`);
  process.exitCode = 2;
}
