/** At a terminal rowproof asks before it runs programs. util-linux's `script` makes the terminal. */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { command } from '../cli/run.ts';
import { projectWith } from './project.ts';

const hasTerminal = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;

/** Runs a check at a terminal, and types once it is asked. */
async function answer(typed: string, ...options: readonly string[]): Promise<{ status: number | null; shown: string }> {
  const folder = projectWith({
    'migrations/1_t.js':
      "export async function up(knex) { await knex.schema.createTable('t', (t) => t.increments('id')); }\nexport async function down() {}",
  });
  const words = [process.execPath, ...command, 'check', join(folder, 'migrations'), '--tool', 'knex', ...options];
  const line = [...words, '--dataset', 'one-row'].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const child = spawn('script', ['-qefc', line, '/dev/null'], {
    env: { ...process.env, NODE_OPTIONS: '', TERM: 'xterm', NO_COLOR: '1' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let shown = '';
  let isAsked = false;
  child.stdout.on('data', (data: Buffer) => {
    shown += data.toString();
    if (isAsked || !shown.includes('[y/N]')) return;
    isAsked = true;
    child.stdin.write(typed);
  });
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { status, shown };
}

describe.skipIf(!hasTerminal)('at a terminal', () => {
  test.each(['y\r', 'Yes\r'])('%j runs them', async (typed) => {
    const { status, shown } = await answer(typed);
    expect(shown).toContain('holds 1 program of Knex');
    expect(shown).toContain('the network, and what native code does, stays open');
    expect(shown).toContain('No findings');
    expect(status).toBe(0);
  });

  test.each(['n\r', '\r', 'yup\r', '\x04', '\x03'])('%j does not', async (typed) => {
    const { status, shown } = await answer(typed);
    expect(shown).not.toContain('No findings');
    expect(shown).toContain('rowproof runs them only if you say so');
    expect(status).toBe(2);
  });

  test('nobody is asked who has said so', async () => {
    const { status, shown } = await answer('', '--allow-programs');
    expect(shown).not.toContain('[y/N]');
    expect(status).toBe(0);
  });
});
