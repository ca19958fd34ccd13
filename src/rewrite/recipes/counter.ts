import { quoteString } from '../../sql/quote.ts';
import { applyEdits, insertBefore } from '../migration-text.ts';
import { rebuildOfTable } from '../places.ts';
import type { Recipe } from '../recipe.ts';

/** `sqlite_sequence` carried on over a rebuild, before the old table goes. https://sqlite.org/autoinc.html */
export const counter: Recipe = {
  causes: ['autoincrement-reset'],
  write: ({ finding, file }) => {
    if (finding.code !== 'autoincrement-reset') return null;
    const edits = finding.facts.counters.flatMap(({ table }) => {
      const rebuild = rebuildOfTable(table, file);
      if (rebuild?.drop == null) return [];
      const [made, old] = [quoteString(rebuild.made), quoteString(rebuild.old)];
      return [
        insertBefore(file, rebuild.drop, [
          `DELETE FROM sqlite_sequence WHERE name = ${made}`,
          `INSERT INTO sqlite_sequence (name, seq) SELECT ${made}, seq FROM sqlite_sequence WHERE name = ${old}`,
        ]),
      ];
    });
    return applyEdits(file.text, edits);
  },
};
