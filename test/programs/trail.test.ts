/** Places of statements are found once for a migration that issues the same statements again. */
import { expect, test } from 'vitest';
import { createTrails } from '../../src/programs/worker/trail.ts';

const insert = 'INSERT INTO t VALUES (1)';

/** Runs a migration that issues statements, and counts the places that had to be found. */
function issuing(trails: ReturnType<typeof createTrails>, statements: readonly string[]) {
  const isFollowed = trails.begin('1_init');
  let found = 0;
  const lines = statements.map((sql, at) => {
    const place = trails.place(sql, () => {
      found += 1;
      return { file: '/m/1_init.js', line: at + 1 };
    });
    return place?.line;
  });
  trails.end(true);
  return { isFollowed, found, lines };
}

test('the same statement at two lines keeps both in the next run, which is not followed', () => {
  const trails = createTrails();
  expect(issuing(trails, [insert, insert])).toEqual({ isFollowed: true, found: 2, lines: [1, 2] });
  expect(issuing(trails, [insert, insert])).toEqual({ isFollowed: false, found: 0, lines: [1, 2] });
});

test('a migration that asks for rows is followed in every run', () => {
  const trails = createTrails();
  const statements = ['SELECT id FROM t', insert];
  issuing(trails, statements);
  expect(issuing(trails, statements)).toMatchObject({ isFollowed: true, found: 2 });
});

test('a migration that only asks for the schema is not', () => {
  const trails = createTrails();
  const statements = ['SELECT name FROM sqlite_master', 'PRAGMA table_info(t)', insert];
  issuing(trails, statements);
  expect(issuing(trails, statements)).toMatchObject({ isFollowed: false, found: 0 });
});

test('a migration that issues others is followed from then on', () => {
  const trails = createTrails();
  issuing(trails, [insert]);
  expect(issuing(trails, ['DELETE FROM t', insert])).toMatchObject({ isFollowed: false, found: 2, lines: [1, 2] });
  expect(issuing(trails, [insert])).toMatchObject({ isFollowed: true, found: 1 });
});
