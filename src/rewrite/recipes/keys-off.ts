import { applyEdits, type Edit, type MigrationText, remove } from '../migration-text.ts';
import { rebuildOf } from '../places.ts';
import type { Recipe } from '../recipe.ts';

/**
 * Foreign keys off around a rebuild, in the way that the owner of the migrations allows: a directive for rowproof's own
 * migrator, and PRAGMA in a file that its tool runs without a transaction. https://sqlite.org/pragma.html#pragma_foreign_keys
 */
export const keysOff: Recipe = {
  causes: [
    'cascade-on-drop',
    'set-null-by-action',
    'set-default-by-action',
    'parent-dropped',
    'foreign-key-check-failed',
    'orphans-under-declared-key',
    'pragma-without-effect',
  ],
  write: (context) => {
    const { finding, file, runner, migration } = context;
    if (finding.code !== 'pragma-without-effect' && rebuildOf(finding, file) === null) return null;
    const text =
      applyEdits(
        file.text,
        pragmas(file).map((each) => remove(file, each)),
      ) ?? file.text;
    if (runner.tool === 'rowproof') {
      if (migration.directives.some(({ kind }) => kind === 'foreign-keys-off')) return null;
      const eol = text.includes('\r\n') ? '\r\n' : '\n';
      return `-- rowproof: foreign_keys=off${eol}${text}`;
    }
    const { outsideTransaction } = runner.advice;
    if (outsideTransaction === undefined || migration.ownTransaction) return null;
    const outside = outsideTransaction(applyEdits(file.text, switched(file)) ?? '');
    return outside;
  },
};

/** A PRAGMA alone, for which the migration has no use: the rebuild needs no keys off. */
export const pragmaGone: Recipe = {
  causes: ['pragma-without-effect'],
  write: ({ file }) =>
    applyEdits(
      file.text,
      pragmas(file).map((each) => remove(file, each)),
    ),
};

function pragmas({ statements }: MigrationText): MigrationText['statements'] {
  return statements.filter(
    ({ head, sql }) => head.verb === 'pragma' && /^pragma\s+(?:defer_)?foreign_keys\b/i.test(sql),
  );
}

/** PRAGMA and BEGIN before the first statement, COMMIT and PRAGMA behind the last; those that are there go. */
function switched(file: MigrationText): Edit[] {
  const own = new Set(pragmas(file));
  const kept = file.statements.filter((each) => !own.has(each));
  const [first, last] = [kept[0], kept.at(-1)];
  if (first === undefined || last === undefined) return [];
  const semicolon = file.text.slice(last.end).trimStart().startsWith(';')
    ? file.text.indexOf(';', last.end) + 1
    : last.end;
  return [
    ...[...own].map((each) => remove(file, each)),
    { start: first.start, end: first.start, by: 'PRAGMA foreign_keys = OFF;\nBEGIN;\n' },
    {
      start: semicolon,
      end: semicolon,
      by: `${semicolon === last.end ? ';' : ''}\nCOMMIT;\nPRAGMA foreign_keys = ON;`,
    },
  ];
}
