/** The guard refuses and never changes: every specimen comes to the same report with it and without it. */
import { afterAll, expect, test, vi } from 'vitest';
import type * as Api from '../../src/api.ts';
import { safeForms } from '../safe.ts';
import { specimens } from '../specimens.ts';
import { folderWith } from '../temporary.ts';

const permitModule = '../../src/database/guard/permit.ts';

async function load(isGuarded: boolean): Promise<typeof Api> {
  vi.resetModules();
  if (!isGuarded) {
    vi.doMock(permitModule, () => ({
      permit: () => {},
      runPermitted: (db: { exec: (sql: string) => unknown }, sql: string) => db.exec(sql),
    }));
  }
  const api = await import('../../src/api.ts');
  vi.doUnmock(permitModule);
  return api;
}

afterAll(() => vi.resetModules());

test('verdicts with and without the guard are equal on all specimens and safe forms', async () => {
  const [guarded, unguarded] = [await load(true), await load(false)];
  // The second copy is really without it.
  const refused = { migrations: folderWith({ '1_x.sql': 'PRAGMA hard_heap_limit = 0;' }) };
  await expect(guarded.check(refused)).rejects.toThrow(/hard_heap_limit/);
  await expect(unguarded.check(refused)).resolves.toMatchObject({ findings: [] });
  const forms = [...specimens, ...safeForms];
  for (const { name, config } of forms) {
    expect({ name, report: await guarded.check(config) }).toEqual({ name, report: await unguarded.check(config) });
  }
  expect(forms.length).toBeGreaterThan(100);
});
