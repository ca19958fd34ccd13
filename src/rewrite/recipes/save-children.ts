import type { ForeignKey, Schema, Table } from '../../model/schema.ts';
import { foldName, sameName } from '../../sql/quote.ts';
import { applyEdits, insertAfter, insertBefore, type MigrationText } from '../migration-text.ts';
import { nameIn, namesIn } from '../names.ts';
import { rebuildOf, tableIn } from '../places.ts';
import type { Recipe, RewriteContext } from '../recipe.ts';

/** A table whose rows the dropped table takes along, with the keys that lead there. */
interface Child {
  readonly table: Table;
  readonly keys: readonly ForeignKey[];
}

/** Children of a rebuilt table are saved and put back in the same file, where its tool has no switch for foreign keys. */
export const saveChildren: Recipe = {
  causes: ['cascade-on-drop', 'set-null-by-action', 'set-default-by-action', 'parent-dropped'],
  write: (context) => {
    const { finding, file, before } = context;
    const rebuild = rebuildOf(finding, file);
    if (rebuild?.drop == null || rebuild.renamesFirst) return null;
    const children = childrenOf(before, rebuild.name);
    const parent = tableIn(before, rebuild.name);
    if (children.length === 0 || parent === null || children.some(({ table }) => sameName(table.name, rebuild.name)))
      return null;
    const parts = children.map((child) => save(child, context));
    const free = parts.toReversed().flatMap(({ clear }) => clear);
    return applyEdits(file.text, [
      insertBefore(file, rebuild.drop, [...parts.map(({ keep }) => keep), ...free]),
      insertAfter(file, rebuild.rename, [...parts.flatMap(({ back }) => back), ...parts.map(({ drop }) => drop)]),
    ]);
  },
};

/** All tables that lose rows or values with a table, each once: its children, and theirs as far as rows go. */
function childrenOf(schema: Schema, parent: string, seen: ReadonlySet<string> = new Set()): Child[] {
  const fresh = schema.tables.flatMap((table): Child[] => {
    const keys = table.foreignKeys.filter((key) => sameName(key.parent, parent));
    return keys.length === 0 || seen.has(foldName(table.name)) ? [] : [{ table, keys }];
  });
  const known = new Set([...seen, ...fresh.map(({ table }) => foldName(table.name))]);
  return fresh.flatMap((child) => {
    const isGone = child.keys.some((key) => !setsValue(key));
    const below = isGone ? childrenOf(schema, child.table.name, known) : [];
    for (const { table } of below) known.add(foldName(table.name));
    return [child, ...below];
  });
}

function setsValue({ onDelete }: ForeignKey): boolean {
  return onDelete.startsWith('SET');
}

interface Saved {
  readonly keep: string;
  readonly clear: readonly string[];
  readonly back: readonly string[];
  readonly drop: string;
}

function save({ table, keys }: Child, { file, runner }: RewriteContext): Saved {
  const saved = nameIn(file, `saved_${table.name}`);
  const name = nameIn(file, table.name);
  const stored = table.columns.filter(({ generated }) => generated === 'no').map((column) => column.name);
  const isKeyed = hasCertainKey(table);
  const columns = namesIn(file, stored);
  const identity = isKeyed ? table.primaryKey.map((each) => nameIn(file, each)) : ['rowid'];
  const lists = isKeyed ? columns : `rowid AS saved_rowid, ${columns}`;
  // D1 refuses temporary tables; an ordinary one goes at the end as well.
  const temp = runner.tool === 'wrangler' ? '' : 'TEMP ';
  const keep = `CREATE ${temp}TABLE ${saved} AS SELECT ${lists} FROM ${name}`;
  const gone = keys.filter((key) => !setsValue(key));
  const back: string[] = [];
  if (gone.length > 0) {
    const [into, from] = isKeyed ? [columns, columns] : [`rowid, ${columns}`, `saved_rowid, ${columns}`];
    const known = identity.length > 1 ? `(${identity.join(', ')})` : identity.join();
    back.push(
      `INSERT INTO ${name} (${into}) SELECT ${from} FROM ${saved} WHERE ${isKeyed ? known : 'saved_rowid'} NOT IN (SELECT ${identity.join(', ')} FROM ${name})`,
    );
  }
  const on = identity.map((each) => `${saved}.${isKeyed ? each : 'saved_rowid'} = ${name}.${each}`).join(' AND ');
  // A join finds each row by its key; a subquery would read the saved rows once for each. One key after the other, so that
  // no row without a parent is written again for the sake of another key. https://sqlite.org/lang_update.html#upfrom
  for (const key of keys.filter(setsValue)) {
    const values = key.columns.map((column) => nameIn(file, column));
    const isLost = values.map((each) => `${name}.${each} IS NOT ${saved}.${each}`).join(' OR ');
    back.push(
      `UPDATE ${name} SET ${values.map((each) => `${each} = ${saved}.${each}`).join(', ')} FROM ${saved} WHERE ${on} AND ${values.length > 1 ? `(${isLost})` : isLost}`,
    );
  }
  const clear = gone
    .filter(({ onDelete }) => onDelete !== 'CASCADE')
    .map((key) => `DELETE FROM ${name} WHERE ${parented(key, file)}`);
  return { keep, clear, back, drop: `DROP TABLE ${saved}` };
}

/** The rows that have a parent, by one key; all of them where the key has several columns. */
function parented({ columns, parent, parentColumns }: ForeignKey, file: MigrationText): string {
  const [column, of] = [columns[0], parentColumns[0]];
  if (columns.length !== 1 || column === undefined || of === undefined) return 'true';
  return `${nameIn(file, column)} IN (SELECT ${nameIn(file, of)} FROM ${nameIn(file, parent)})`;
}

/**
 * Whether the primary key identifies every row: where the rowid is another column, a primary key may be NULL.
 * https://sqlite.org/lang_createtable.html#the_primary_key
 */
function hasCertainKey({ primaryKey, columns, withoutRowid, rowidAlias }: Table): boolean {
  if (primaryKey.length === 0) return false;
  if (withoutRowid || rowidAlias !== null) return true;
  return primaryKey.every((each) => columns.some(({ name, notNull }) => notNull && sameName(name, each)));
}
