/** A row of `sqlite_schema`. https://sqlite.org/schematab.html */
export interface SchemaObject {
  readonly type: 'table' | 'index' | 'trigger' | 'view';
  readonly name: string;
  /** The table it belongs to; its own name for tables and views. */
  readonly table: string;
  /** The text as SQLite keeps it; null for the indexes that constraints make. */
  readonly sql: string | null;
}

/** A column, from `PRAGMA table_xinfo` (which shows generated columns, as `table_info` does not). */
export interface Column {
  readonly name: string;
  /** The declared type as written, '' where there is none. */
  readonly type: string;
  readonly notNull: boolean;
  /** The default as an SQL expression, or null. */
  readonly default: string | null;
  /** 1-based place in the primary key, 0 outside it. */
  readonly keyPosition: number;
  readonly generated: 'no' | 'virtual' | 'stored';
}

/** A declared foreign key. `parentColumns` are resolved where the declaration leaves the parent's key implied. */
export interface ForeignKey {
  readonly columns: readonly string[];
  readonly parent: string;
  readonly parentColumns: readonly string[];
  /** As SQLite writes them: `NO ACTION`, `CASCADE`, `SET NULL`, … */
  readonly onDelete: string;
  readonly onUpdate: string;
}

/** An index, those that constraints make included. */
export interface Index {
  readonly name: string;
  readonly unique: boolean;
  readonly partial: boolean;
  readonly origin: 'created' | 'unique' | 'primary-key';
  /** Key columns in order; null stands for an expression. */
  readonly columns: readonly (string | null)[];
  /** The collation of each of them, in lower case. */
  readonly collations: readonly string[];
  readonly sql: string | null;
}

/** A table with all that a row of it must satisfy. */
export interface Table {
  readonly name: string;
  /** `shadow` tables belong to a virtual table, which alone writes them. */
  readonly kind: 'table' | 'virtual' | 'shadow';
  readonly strict: boolean;
  readonly withoutRowid: boolean;
  readonly autoincrement: boolean;
  readonly columns: readonly Column[];
  /** Columns of the primary key in key order; empty where there is none. */
  readonly primaryKey: readonly string[];
  /** The column that is the rowid (INTEGER PRIMARY KEY), or null. https://sqlite.org/lang_createtable.html#rowid */
  readonly rowidAlias: string | null;
  readonly foreignKeys: readonly ForeignKey[];
  readonly indexes: readonly Index[];
  /** The expressions of its CHECK constraints, without the word and the outer parentheses. */
  readonly checks: readonly string[];
  readonly sql: string;
}

/** The schema of a database at one moment. */
export interface Schema {
  /** By type and name. */
  readonly objects: readonly SchemaObject[];
  /** In the order in which SQLite lists them, which is that of their creation. */
  readonly tables: readonly Table[];
}

/** The schema that migrations make, and the one of production. */
export interface SchemaPair {
  readonly baseline: Schema;
  readonly production: Schema;
}
