/** The advice of each tool, followed, keeps the rows where the tool itself runs the project, and not following it loses them. */
import { describe, expect, test } from 'vitest';
import { postsLeft, runnable } from './corrected.ts';

describe.each(runnable)('$tool', (corrected) => {
  test('loses the posts', async () => {
    expect(await postsLeft(corrected, 'wrong')).toBe(0);
  });

  test('keeps them in the form that the advice recommends', async () => {
    expect(await postsLeft(corrected, 'right')).toBe(2);
  });
});
