/**
 * `pnpm build [FOLDER]`: compiles `src` into an empty folder (default: `dist`) with the TypeScript compiler, and makes the
 * command executable. When the compiler complains the folder stays away, so that nothing half-built can be published.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const root = join(import.meta.dirname, '..');
const folder = resolve(process.argv[2] ?? join(root, 'dist'));

rmSync(folder, { recursive: true, force: true });
const compiler = join(root, 'node_modules/typescript/bin/tsc');
const options = ['--project', join(root, 'tsconfig.build.json'), '--outDir', folder];
const { status } = spawnSync(process.execPath, [compiler, ...options], { stdio: 'inherit' });
if (status !== 0) {
  console.error('The build failed.');
  process.exit(1);
}
globSync('**/*.d.ts', { cwd: folder }).forEach(nameEmittedFiles);
// The parts of the HTML report run in a browser and are read as they are.
for (const part of globSync('report/html/page/*.{css,js}', { cwd: join(root, 'src') }))
  copyFileSync(join(root, 'src', part), join(folder, mkdirFor(part)));
chmodSync(join(folder, 'bin.js'), 0o755);

function mkdirFor(part: string): string {
  mkdirSync(join(folder, dirname(part)), { recursive: true });
  return part;
}

/**
 * The compiler gives imports their `.js` endings in JavaScript only: declarations still name the sources, which are not
 * published (https://www.typescriptlang.org/tsconfig/#rewriteRelativeImportExtensions).
 */
function nameEmittedFiles(declaration: string): void {
  const file = join(folder, declaration);
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replaceAll(/((?:from|import) ?\(?'\.[^']+)\.ts'/g, "$1.js'"));
}
