import type { CountingDatabase, StepCounter, Work } from '../database/step-counter.ts';
import { quoteName, quoteString } from '../sql/quote.ts';
import { readWords } from '../sql/words.ts';

/**
 * Counts the steps of statements that fail on rows as well: those that they take with rows that do not stop them. A row that breaks a
 * constraint or that a trigger refuses is left out, and a unique index may have duplicates. The corrected statement is as slow, and
 * the failure is another finding.
 */
export function countLeniently(count: StepCounter): StepCounter {
  return (content, settings, allowed) => {
    const db = count(content, settings, allowed);
    if (db === null) return null;
    return {
      ...db,
      run: (sql): Work | null => {
        const work = db.run(sql);
        const lenient = lenientForm(sql);
        if (work !== null || lenient === null || db.isExhausted) return work;
        letTriggersSkip(db);
        return db.run(lenient);
      },
      get isExhausted() {
        return db.isExhausted;
      },
    };
  };
}

/**
 * A statement that does the same work and stops at no NOT NULL, UNIQUE or CHECK: https://sqlite.org/lang_conflict.html
 * @returns null for one that has no such form.
 */
export function lenientForm(sql: string): string | null {
  const words = readWords(sql);
  const [first, second] = words;
  if (first?.key === 'CREATE' && second?.key === 'UNIQUE') return sql.slice(0, second.start) + sql.slice(second.end);
  if (first === undefined || !['INSERT', 'UPDATE', 'WITH'].includes(first.key)) return null;
  const at = words.findIndex(({ key, depth }) => depth === 0 && (key === 'INSERT' || key === 'UPDATE'));
  const verb = words[at];
  if (verb === undefined || words[at + 1]?.key === 'OR') return null;
  return `${sql.slice(0, verb.end)} OR IGNORE${sql.slice(verb.end)}`;
}

/** A trigger whose every RAISE skips the row instead of stopping. https://sqlite.org/lang_createtrigger.html#raise */
export function skippingForm(createTrigger: string): string {
  const words = readWords(createTrigger);
  let text = '';
  let end = 0;
  for (const [i, { key, start, depth }] of words.entries()) {
    if (key !== 'RAISE') continue;
    const close = words.findIndex((word, at) => at > i + 1 && word.key === ')' && word.depth === depth);
    text += `${createTrigger.slice(end, start)}RAISE(IGNORE)`;
    end = words[close]?.end ?? start;
  }
  return text + createTrigger.slice(end);
}

function letTriggersSkip(db: CountingDatabase): void {
  for (const name of db.texts("SELECT name FROM main.sqlite_schema WHERE type = 'trigger'")) {
    const [sql = ''] = db.texts(
      `SELECT sql FROM main.sqlite_schema WHERE type = 'trigger' AND name = ${quoteString(name)}`,
    );
    const skipping = skippingForm(sql);
    if (skipping === sql) continue;
    db.run(`DROP TRIGGER main.${quoteName(name)}`);
    db.run(skipping);
  }
}
