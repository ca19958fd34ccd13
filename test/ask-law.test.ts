/** What a finding ends with is true: a SELECT that has rows where the finding shows, and, where it takes a hazard, none on plain rows. */
import { describe, expect, test } from 'vitest';
import { type Answer, answersOfHazards, answersOfRows } from './asks.ts';
import { some } from './breadth.ts';
import { specimens } from './specimens.ts';

function wrong(answers: readonly Answer[]): Answer[] {
  return answers.filter(({ due, has }) => due !== has);
}

describe.each(some(specimens, 25))('$name', (specimen) => {
  test('what its findings ask has rows on each dataset that shows them', async () => {
    expect(wrong(await answersOfRows(specimen))).toEqual([]);
  });

  test('what a finding needs is on no plain row and on the awkward ones', async () => {
    expect(wrong(await answersOfHazards(specimen))).toEqual([]);
  });
});
