/** Comments in plain English: the subject comes first, so no sentence begins with a relative clause or a command to let. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

/** Block comments, and runs of line comments, each as one text. */
const comments = /\/\*\*?[\s\S]*?\*\/|(?:^[ \t]*\/\/.*\n)+/gm;

/** A sentence that begins where the comment does, after a full stop, or after a tag such as `@returns`. */
const odd = /(?:^|\. |@\w+ (?:\w+ )?)(?:What|That which|Let|Whatever)\b/;

function sentencesOf(comment: string): string {
  return comment
    .replace(/^\s*(?:\/\*\*?|\*\/|\*|\/\/)/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
}

test('no comment begins a sentence with What, That which, Whatever or Let', () => {
  const files = globSync(['src/**/*.ts', 'scripts/**/*.ts'], { cwd: root }).sort();
  expect(files.length).toBeGreaterThan(500);
  const found = files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(comments)]
      .map(([comment]) => sentencesOf(comment))
      .filter((text) => odd.test(text))
      .map((text) => `${file}: ${text}`),
  );
  expect(found).toEqual([]);
});
