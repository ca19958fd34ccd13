import type { Migration } from '../model/history.ts';
import type { ReproductionFile } from '../model/reproduction.ts';
import type { Settings } from '../model/settings.ts';
import type { Case } from '../shrink/case.ts';
import { textsOf } from './texts.ts';

/** The head of a seed: rows may break declared keys, as those of production do. */
const seedHead = 'PRAGMA foreign_keys = OFF;';

/**
 * The files of a folder that `rowproof check` reads: the schema as one migration, the rows as its seeds, the case as the last
 * migration, and the settings.
 * @param shipped whether the rows belong to the migrations, so that an empty database has them too.
 */
export function filesOf(
  shown: Case,
  migration: Migration,
  settings: Settings,
  shipped: boolean,
): readonly ReproductionFile[] {
  const outside = shown.schema.filter(({ isOutside }) => isOutside);
  const { tables, rows, objects } = textsOf({ ...shown, schema: shown.schema.filter(({ isOutside }) => !isOutside) });
  const applied = outside.map(({ sql }) => sql);
  const isTriggered = shown.rows.length > 0 && shown.schema.some(({ type }) => type === 'trigger');
  const first = [...tables, ...(shipped ? rows : []), ...(isTriggered && !shipped ? [] : objects)];
  const second = isTriggered && !shipped ? objects : [];
  const keysOff = migration.directives.some(({ kind }) => kind === 'foreign-keys-off');
  const last = `${keysOff ? '-- rowproof: foreign_keys=off\n' : ''}${joined(shown.statements.map(({ sql }) => sql))}`;
  const steps = [
    { name: 'before', text: joined(first) },
    ...(second.length > 0 ? [{ name: 'objects', text: joined(second) }] : []),
    { name: migration.name.replace(/^\d+[_-]?/, '').replace(/[^\w-]+/g, '_') || 'migration', text: last },
  ];
  return [
    ...steps.map(({ name, text }, i) => ({ path: `migrations/${String(i + 1).padStart(4, '0')}_${name}.sql`, text })),
    ...(shipped || rows.length + applied.length === 0
      ? []
      : [{ path: 'seeds/0001.sql', text: `${seedHead}\n${joined([...rows, ...applied])}` }]),
    { path: 'rowproof.config.mjs', text: configText(settings) },
  ];
}

function joined(texts: readonly string[]): string {
  return texts.map((sql) => (/--[^\n]*$/.test(sql) ? `${sql}\n;\n` : `${sql};\n`)).join('');
}

function configText({
  foreignKeys,
  transaction,
  doubleQuotedStrings,
  recursiveTriggers,
  legacyAlterTable,
}: Settings): string {
  const config = {
    tool: 'rowproof',
    foreignKeys,
    transaction,
    doubleQuotedStrings,
    recursiveTriggers,
    legacyAlterTable,
  };
  return `export default ${JSON.stringify(config, null, 2)};\n`;
}
