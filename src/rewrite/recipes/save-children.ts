import type { ForeignKey, Schema, Table } from '../../model/schema.ts';
import { foldName, sameName } from '../../sql/quote.ts';
import { applyEdits, insertAfter, insertBefore } from '../migration-text.ts';
import { nameIn, namesIn } from '../names.ts';
import { rebuildOf, tableIn } from '../places.ts';
import type { Recipe, RewriteContext } from '../recipe.ts';

/** A table whose rows the dropped table takes along, with the key that leads there. */
interface Child {
  readonly table: Table;
  readonly key: ForeignKey;
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

/** All tables that lose rows or values with a table: its children, and theirs as far as rows go. */
function childrenOf(schema: Schema, parent: string, seen: ReadonlySet<string> = new Set()): Child[] {
  const own = schema.tables.flatMap((table) =>
    table.foreignKeys.filter((key) => sameName(key.parent, parent)).map((key): Child => ({ table, key })),
  );
  const fresh = own.filter(({ table }) => !seen.has(foldName(table.name)));
  const known = new Set([...seen, ...fresh.map(({ table }) => foldName(table.name))]);
  return fresh.flatMap((child) => {
    const isGone = !child.key.onDelete.startsWith('SET');
    return [child, ...(isGone ? childrenOf(schema, child.table.name, known) : [])];
  });
}

interface Saved {
  readonly keep: string;
  readonly clear: readonly string[];
  readonly back: readonly string[];
  readonly drop: string;
}

function save({ table, key }: Child, { file, runner }: RewriteContext): Saved {
  const saved = nameIn(file, `saved_${table.name}`);
  const name = nameIn(file, table.name);
  const stored = table.columns.filter(({ generated }) => generated === 'no').map((column) => column.name);
  const isKeyed = hasCertainKey(table);
  const columns = namesIn(file, stored);
  const identity = isKeyed ? namesIn(file, table.primaryKey) : 'rowid';
  const lists = isKeyed ? columns : `rowid AS saved_rowid, ${columns}`;
  // D1 refuses temporary tables; an ordinary one goes at the end as well.
  const temp = runner.tool === 'wrangler' ? '' : 'TEMP ';
  const keep = `CREATE ${temp}TABLE ${saved} AS SELECT ${lists} FROM ${name}`;
  const drop = `DROP TABLE ${saved}`;
  if (key.onDelete.startsWith('SET')) {
    const pairs = key.columns.map((column) => nameIn(file, column));
    const on = (isKeyed ? table.primaryKey.map((each) => nameIn(file, each)) : ['rowid'])
      .map((each) => `${saved}.${isKeyed ? each : 'saved_rowid'} = ${name}.${each}`)
      .join(' AND ');
    const values = pairs.map((pair) => `${pair} = (SELECT ${saved}.${pair} FROM ${saved} WHERE ${on})`).join(', ');
    const isLost = pairs
      .map((pair) => `${pair} IS NOT (SELECT ${saved}.${pair} FROM ${saved} WHERE ${on})`)
      .join(' OR ');
    return { keep, clear: [], back: [`UPDATE ${name} SET ${values} WHERE ${isLost}`], drop };
  }
  const [column, of] = [key.columns[0], key.parentColumns[0]];
  const parented =
    key.columns.length === 1 && column !== undefined && of !== undefined
      ? `${nameIn(file, column)} IN (SELECT ${nameIn(file, of)} FROM ${nameIn(file, key.parent)})`
      : 'true';
  const isFree = key.onDelete === 'CASCADE';
  const into = isKeyed ? columns : `rowid, ${columns}`;
  const from = isKeyed ? columns : `saved_rowid, ${columns}`;
  const known = isKeyed && table.primaryKey.length > 1 ? `(${identity})` : identity;
  const wanted = isKeyed ? known : 'saved_rowid';
  const back = `INSERT INTO ${name} (${into}) SELECT ${from} FROM ${saved} WHERE ${wanted} NOT IN (SELECT ${identity} FROM ${name})`;
  return { keep, clear: isFree ? [] : [`DELETE FROM ${name} WHERE ${parented}`], back: [back], drop };
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
