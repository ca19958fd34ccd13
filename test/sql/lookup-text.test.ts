/** Lookups whose answer is NULL where nothing matches, and questions whether a value is there. */
import { expect, test } from 'vitest';
import { readLookup } from '../../src/sql/lookup-text.ts';
import { readWords } from '../../src/sql/words.ts';

const isLookup = (text: string): boolean => readLookup(readWords(text), 0) !== null;

test.each([
  '(SELECT id FROM genres WHERE name = songs.genre)',
  '(SELECT g.id FROM genres AS g WHERE g.name = s.genre)',
  '(SELECT u.id FROM users u WHERE u.email = old.id)',
  '(SELECT max(id) FROM genres WHERE id = songs.genre)',
  "coalesce((SELECT id FROM genres WHERE name = genre), '')",
])('%s looks a value up', (text) => expect(isLookup(text)).toBe(true));

test.each([
  '(SELECT id FROM doors WHERE id = door_scans.door_id)',
  '(SELECT p.id FROM pages p WHERE p.id = pages.parent_id)',
  '(SELECT id FROM pages AS p WHERE pages.parent_id = p.id)',
  '(SELECT "code" FROM badges WHERE CAST(x AS TEXT) = "code" AND left_at IS NULL)',
])('%s asks whether a value is there', (text) => expect(isLookup(text)).toBe(false));
