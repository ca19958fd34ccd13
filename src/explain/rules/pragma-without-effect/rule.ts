import type { Finding, FindingOf } from '../../../model/finding.ts';
import type { Migration, Statement } from '../../../model/history.ts';
import type { Settings, TransactionMode } from '../../../model/settings.ts';
import { significantTokens } from '../../../sql/tokens.ts';
import { finding, placeOf } from '../../context.ts';
import { keysOff } from '../../keys-off.ts';
import type { Rule } from '../../rule.ts';
import type { Topic } from '../../topic.ts';

/**
 * The first PRAGMA foreign_keys inside a transaction that asks for a different setting: SQLite ignores it silently.
 * https://sqlite.org/pragma.html#pragma_foreign_keys
 * @param found the other findings of the step: if acting keys cost rows, the useless PRAGMA is the reason.
 */
export function pragmaWithoutEffect(
  migration: Migration,
  { foreignKeys, transaction }: Pick<Settings, 'foreignKeys' | 'transaction'>,
  found: readonly Finding[],
): FindingOf<'pragma-without-effect'>[] {
  if (migration.directives.some(({ kind }) => kind === 'foreign-keys-off') || putsBack(migration)) return [];
  const useless = firstUseless(migration, foreignKeys, transaction);
  // A statement that the tool refuses already has a finding.
  if (useless === null || migration.refusals?.some(({ statement }) => statement === useless.index)) return [];
  const actual = foreignKeys ? 'on' : 'off';
  const costly = foreignKeys ? found.filter(isKeyActing) : [];
  const told = finding(placeOf(migration, useless, null), 'empty', {
    code: 'pragma-without-effect',
    cause: 'pragma-without-effect',
    topic,
    severity: costly.length > 0 ? 'error' : 'note',
    message: `foreign keys stay ${actual}: the PRAGMA is inside a transaction`,
    details: [],
    facts: { foreignKeys },
  });
  // It stands where the keys act.
  const datasets = [...new Set(costly.flatMap((each) => each.datasets))];
  return [datasets.length > 0 ? { ...told, datasets } : told];
}

/** Folds the harmless findings of the history into one: generators write the PRAGMA into every rebuild. */
export function foldPragmas(findings: readonly Finding[]): Finding[] {
  const [first, ...others] = findings.filter(isHarmless);
  if (first === undefined || others.length === 0) return [...findings];
  const [shown, more] = [others.slice(0, 3).map(({ migration }) => migration), others.length - 3];
  const also = `The same happens in ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
  const folded = { ...first, details: [...first.details, also] };
  return findings.filter((each) => each === first || !isHarmless(each)).map((each) => (each === first ? folded : each));
}

function isHarmless({ code, severity }: Finding): boolean {
  return code === 'pragma-without-effect' && severity === 'note';
}

/**
 * Whether a file saves rows in a table of its own and puts them back; such a file relies on acting keys despite its
 * PRAGMA.
 */
function putsBack({ statements }: Migration): boolean {
  const made = new Set<string>();
  for (const { head } of statements) {
    const target = head.target?.toLowerCase() ?? '';
    if (head.verb === 'insert' && !made.has(target) && head.sources.some((source) => made.has(source.toLowerCase())))
      return true;
    if (head.verb === 'create-table') made.add(target);
    if (head.verb === 'rename-table' && head.renamedTo !== null) made.add(head.renamedTo.toLowerCase());
  }
  return false;
}

/** The statement, or null if every switch acts or asks for the present setting. */
function firstUseless(
  { statements, settings, ownTransaction, program }: Migration,
  on: boolean,
  mode: TransactionMode,
): Statement | null {
  // The statements of a program begin with the tool's own BEGIN.
  let isInside = program === undefined && !ownTransaction && (settings?.transaction ?? mode) !== 'none';
  let actual = on;
  // A switch back after a useless switch asks for nothing either.
  for (const statement of statements) {
    const { verb } = statement.head;
    if (verb === 'begin') isInside = true;
    else if (verb === 'commit' || verb === 'rollback') isInside = false;
    const asked = verb === 'pragma' ? askedOf(statement.sql) : null;
    if (asked === null) continue;
    if (!isInside) actual = asked;
    else if (asked !== actual) return statement;
  }
  return null;
}

/** Whether `PRAGMA foreign_keys = …` asks for on or off; null for any other PRAGMA and for a query of the setting. */
function askedOf(sql: string): boolean | null {
  const words = significantTokens(sql).map(({ text }) => text.toLowerCase());
  const at = words.indexOf('foreign_keys');
  const value = words[at + 2]?.replaceAll(/['"]/g, '');
  if (at < 1 || value === undefined) return null;
  return /^(?:on|1|true|yes)$/.test(value);
}

/** Whether it comes of keys that act: a cascade, a column set to NULL or its default, or a table that cannot go. */
export function isKeyActing({ cause }: Finding): boolean {
  return /^(?:cascade-on-drop|cascade-on-delete|set-null-by-action|set-default-by-action|parent-dropped)$/.test(cause);
}

const topic: Topic = {
  title: 'switches foreign keys without effect',
  severity: 'error',
  why: 'SQLite silently ignores PRAGMA foreign_keys inside a transaction. The file appears to switch keys but does not.',
  instead: `Move the PRAGMA out of the transaction. ${keysOff}`,
  bad: 'BEGIN;\nPRAGMA foreign_keys = OFF;\nDROP TABLE carriers;\nALTER TABLE carriers_new RENAME TO carriers;\nCOMMIT;',
  good: 'PRAGMA foreign_keys = OFF;\nBEGIN;\nDROP TABLE carriers;\nALTER TABLE carriers_new RENAME TO carriers;\nCOMMIT;\nPRAGMA foreign_keys = ON;',
  link: 'https://sqlite.org/pragma.html#pragma_foreign_keys',
};

/** The rule of `pragma-without-effect`, which the text of a migration shows. */
export const pragmaWithoutEffectRule = {
  code: 'pragma-without-effect',
  topic,
  causes: {},
  dependsOnRows: false,
  readings: {},
} satisfies Rule<'pragma-without-effect'>;
