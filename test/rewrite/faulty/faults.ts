import { columnsOf, createTable, definitionsOf, nameIn, type Plan, type Style, type Table } from './plan.ts';

/** A table with what the faults of a last migration may use. */
export interface Place {
  readonly plan: Plan;
  readonly table: Table;
  readonly style: Style;
  /** A new name each time. */
  readonly fresh: () => string;
}

/** The statements of a fault; null where the table has no place for it. */
export type Fault = (place: Place) => string[] | null;

interface Rebuild {
  readonly definitions?: readonly string[] | undefined;
  readonly select?: ReadonlyMap<string, string> | undefined;
  readonly isListed?: boolean | undefined;
  readonly order?: readonly string[] | undefined;
  /** Columns that the copy leaves out. */
  readonly without?: readonly string[] | undefined;
  readonly keepsObjects?: boolean | undefined;
  readonly renamesFirst?: boolean | undefined;
  readonly options?: string | undefined;
}

const q = ({ style }: Place, name: string): string => nameIn(style, name);

function rebuild(place: Place, given: Rebuild): string[] {
  const { table, style, fresh } = place;
  const other = fresh();
  const [made, old] = given.renamesFirst ? [table.name, other] : [other, table.name];
  const columns = columnsOf(table).filter((name) => !(given.without ?? []).includes(name));
  const from = columns.map((name) => given.select?.get(name) ?? q(place, name)).join(', ');
  const listed = given.isListed === false ? '' : ` (${columns.map((name) => q(place, name)).join(', ')})`;
  const selected = given.isListed === false ? '*' : from;
  const create = `${createTable(table, style, made, [...(given.definitions ?? definitionsOf(table, style))])}${given.options ?? ''}`;
  const copy = `INSERT INTO ${q(place, made)}${listed} SELECT ${selected} FROM ${q(place, old)}`;
  const drop = `DROP TABLE ${q(place, old)}`;
  const again = given.keepsObjects === false ? [] : table.objects.filter((sql) => !sql.startsWith('CREATE VIEW'));
  if (given.renamesFirst)
    return [`ALTER TABLE ${q(place, table.name)} RENAME TO ${q(place, old)}`, create, copy, drop, ...again];
  return [create, copy, drop, `ALTER TABLE ${q(place, made)} RENAME TO ${q(place, table.name)}`, ...again];
}

/** The definitions with those of one column replaced. */
function redefined(place: Place, name: string, by: (definition: string) => string): string[] {
  const names = columnsOf(place.table);
  return definitionsOf(place.table, place.style).map((definition, i) =>
    names[i] === name ? by(definition) : definition,
  );
}

function add(place: Place, definition: string): string[] {
  return [`ALTER TABLE ${q(place, place.table.name)} ADD COLUMN ${q(place, place.fresh())} ${definition}`];
}

const textColumn = ({ table }: Place): string | null =>
  table.columns.find(({ type, clauses }) => /TEXT|VARCHAR/.test(type) && !/CHECK|UNIQUE/.test(clauses))?.name ?? null;
const optionalColumn = ({ table }: Place): string | null =>
  table.columns.find(({ isOptional }) => isOptional)?.name ?? null;

/** The faults that a last migration may have, each as a migration that somebody could have written. */
export const faults: Readonly<Record<string, Fault>> = {
  'references default': (place) => {
    const parent = place.plan.tables.find(({ row }) => row !== null);
    if (parent === undefined) return null;
    const type = parent.key.type.split(' ')[0];
    const target = `${q(place, parent.name)} (${q(place, parent.key.name)})`;
    return add(place, `${type} NOT NULL DEFAULT ${parent.row} REFERENCES ${target}`);
  },
  'not null without default': (place) => add(place, 'INTEGER NOT NULL'),
  'computed default': (place) => add(place, "TEXT NOT NULL DEFAULT (datetime('now'))"),
  'computed optional default': (place) => add(place, 'INTEGER DEFAULT (1 + 1)'),
  stored: (place) => add(place, `TEXT AS (${q(place, place.table.columns[0]?.name ?? '')}) STORED`),
  'check in a new column': (place) => {
    const name = place.fresh();
    return [
      `ALTER TABLE ${q(place, place.table.name)} ADD COLUMN ${q(place, name)} TEXT NOT NULL DEFAULT 'x' CHECK (${q(place, name)} IN ('a', 'b'))`,
    ];
  },
  'unique index': (place) => {
    const [a] = place.table.columns;
    return a === undefined
      ? null
      : [`CREATE UNIQUE INDEX ${q(place, place.fresh())} ON ${q(place, place.table.name)} (${q(place, a.name)})`];
  },
  'unique pair': (place) => {
    const [a, b] = place.table.columns;
    if (a === undefined || b === undefined) return null;
    return [
      `CREATE UNIQUE INDEX ${q(place, place.fresh())} ON ${q(place, place.table.name)} (${q(place, b.name)}, lower(${q(place, a.name)}))`,
    ];
  },
  'unique in some rows': (place) => {
    const [a, b] = place.table.columns;
    if (a === undefined || b === undefined) return null;
    return [
      `CREATE UNIQUE INDEX ${q(place, place.fresh())} ON ${q(place, place.table.name)} (${q(place, a.name)}) WHERE ${q(place, b.name)} IS NOT NULL`,
    ];
  },
  'unique in a rebuild': (place) => {
    const name = textColumn(place);
    return name === null
      ? null
      : rebuild(place, { definitions: redefined(place, name, (definition) => `${definition} UNIQUE`) });
  },
  'copy without a list': (place) => {
    const [a, b, ...others] = place.table.columns;
    if (a === undefined || b === undefined) return null;
    const moved: Table = { ...place.table, columns: [b, a, ...others] };
    return rebuild(place, { definitions: definitionsOf(moved, place.style), isListed: false });
  },
  'rebuild with keys on': (place) => rebuild(place, {}),
  'rename first': (place) => rebuild(place, { renamesFirst: true }),
  'lost objects': (place) => (place.table.objects.length === 0 ? null : rebuild(place, { keepsObjects: false })),
  'lost clauses': (place) => {
    const column = place.table.columns.find(({ clauses }) => clauses !== '');
    if (column === undefined) return null;
    const [other] = place.table.columns.filter(({ name }) => name !== column.name);
    return rebuild(place, {
      definitions: redefined(place, column.name, () => `${q(place, column.name)} ${column.type}`).map((definition) =>
        other !== undefined && definition.startsWith(`${q(place, other.name)} `) && !/DEFAULT|NOCASE/.test(definition)
          ? `${definition} DEFAULT NULL`
          : definition,
      ),
    });
  },
  'lost column': (place) => {
    const name = optionalColumn(place);
    return name === null ? null : rebuild(place, { without: [name] });
  },
  'required column left out': (place) => {
    const column = place.table.columns.find(({ isOptional }) => !isOptional);
    return column === undefined ? null : rebuild(place, { without: [column.name] });
  },
  cast: (place) => {
    const name = textColumn(place);
    if (name === null) return null;
    return rebuild(place, {
      definitions: redefined(place, name, () => `${q(place, name)} INTEGER`),
      select: new Map([[name, `CAST(${q(place, name)} AS INTEGER)`]]),
    });
  },
  'other type': (place) => {
    const name = textColumn(place);
    return name === null
      ? null
      : rebuild(place, { definitions: redefined(place, name, () => `${q(place, name)} NUMERIC`) });
  },
  strict: (place) => {
    if (place.table.columns.some(({ type }) => !/^(?:TEXT|INTEGER|REAL)$/.test(type))) return null;
    return rebuild(place, { options: place.table.isWithoutRowid ? ', STRICT' : ' STRICT' });
  },
  'not null in a rebuild': (place) => {
    const name = optionalColumn(place);
    return name === null
      ? null
      : rebuild(place, { definitions: redefined(place, name, (definition) => `${definition} NOT NULL`) });
  },
  'not null with a default': (place) => {
    const column = place.table.columns.find(({ clauses }) => clauses === '');
    return column === undefined
      ? null
      : rebuild(place, {
          definitions: redefined(place, column.name, (definition) => `${definition} NOT NULL DEFAULT 'none'`),
        });
  },
  'narrower check': (place) => {
    const name = textColumn(place);
    return name === null
      ? null
      : rebuild(place, {
          definitions: redefined(
            place,
            name,
            (definition) => `${definition} CHECK (${q(place, name)} IN ('open', 'done'))`,
          ),
        });
  },
  'length check': (place) => {
    const name = textColumn(place);
    return name === null
      ? null
      : rebuild(place, {
          definitions: redefined(place, name, (definition) => `${definition} CHECK (length(${q(place, name)}) < 4)`),
        });
  },
  'json index': (place) => {
    const name = textColumn(place);
    return name === null
      ? null
      : [
          `CREATE INDEX ${q(place, place.fresh())} ON ${q(place, place.table.name)} (json_extract(${q(place, name)}, '$.a'))`,
        ];
  },
  'json update': (place) => {
    const name = textColumn(place);
    const [a] = place.table.columns.filter((each) => each.type === 'INTEGER');
    return name === null || a === undefined
      ? null
      : [
          `UPDATE ${q(place, place.table.name)} SET ${q(place, a.name)} = json_array_length(${q(place, name)}, '$.list')`,
        ];
  },
  'plain update': (place) => {
    const column = place.table.columns.find(({ clauses }) => clauses === '');
    return column === undefined
      ? null
      : [`UPDATE ${q(place, place.table.name)} SET ${q(place, column.name)} = ${q(place, column.name)} || '!'`];
  },
  'backfill of a new column': (place) => {
    const name = place.fresh();
    const table = q(place, place.table.name);
    return [
      `ALTER TABLE ${table} ADD COLUMN ${q(place, name)} TEXT`,
      `UPDATE ${table} SET ${q(place, name)} = 'new'`,
      `CREATE UNIQUE INDEX ${q(place, place.fresh())} ON ${table} (${q(place, name)})`,
    ];
  },
  'a key of the file': (place) => {
    const { row, columns, key, name } = place.table;
    if (row === null) return null;
    const needed = columns.filter(({ isOptional, clauses }) => !isOptional && !clauses.includes('DEFAULT'));
    const listed = [key.name, ...needed.map((each) => each.name)].map((each) => q(place, each)).join(', ');
    const own = key.type.startsWith('TEXT') ? "'second'" : '2';
    return [`INSERT INTO ${q(place, name)} (${listed}) VALUES (${[own, ...needed.map(() => "'second'")].join(', ')})`];
  },
  'drop a parent': (place) => {
    const hasChildren = place.plan.tables.some(({ parent }) => parent?.table.name === place.table.name);
    return hasChildren ? [`DROP TABLE ${q(place, place.table.name)}`, createTable(place.table, place.style)] : null;
  },
  'new reference': (place) => {
    const other = place.plan.tables.find(({ name, key }) => name !== place.table.name && key.type.startsWith('TEXT'));
    const name = textColumn(place);
    if (other === undefined || name === null) return null;
    return rebuild(place, {
      definitions: redefined(
        place,
        name,
        (definition) => `${definition} REFERENCES ${q(place, other.name)} (${q(place, other.key.name)})`,
      ),
    });
  },
};
