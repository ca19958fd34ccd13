/** Work that no request to end may interrupt. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const signals = join(import.meta.dirname, '../../src/files/signals.ts');

/** Runs a program that defers signals; each kills the process at once by default. */
function run(body: string): ReturnType<typeof spawnSync> {
  const program = `import { deferSignals } from ${JSON.stringify(signals)};\n${body}`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
}

const isPosix = process.platform !== 'win32';

test.skipIf(!isPosix).each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s ends the process after the work', (name) => {
  const { signal, stdout } = run(`
    deferSignals(() => { process.kill(process.pid, '${name}'); console.log('done'); });
    setTimeout(() => console.log('later'), 5_000);
  `);
  expect([signal, stdout]).toEqual([name, 'done\n']);
});

test.skipIf(!isPosix)('a signal after the work ends the process as ever', () => {
  const { signal, stdout } = run(`
    deferSignals(() => console.log('done'));
    setTimeout(() => { process.kill(process.pid, 'SIGTERM'); console.log('alive'); }, 50);
  `);
  expect([signal, stdout]).toEqual(['SIGTERM', 'done\n']);
});

test.skipIf(!isPosix)('a listener of the program hears of the signal, once', () => {
  const { status, stdout } = run(`
    process.on('SIGTERM', () => console.log('heard'));
    deferSignals(() => process.kill(process.pid, 'SIGTERM'));
    setTimeout(() => {}, 50).ref();
  `);
  expect([status, stdout]).toEqual([0, 'heard\n']);
});

test('an error of the work comes through', () => {
  const { status, stdout } = run(`
    try { deferSignals(() => { throw new Error('full'); }); } catch (error) { console.log(error.message); }
  `);
  expect([status, stdout]).toEqual([0, 'full\n']);
});
