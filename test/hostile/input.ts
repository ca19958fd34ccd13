import type { Random } from './random.ts';

/** The content of one place in the folder that a run is given. */
export type Content =
  | string
  | Uint8Array
  | { readonly kind: 'folder' }
  | { readonly kind: 'link'; readonly to: string }
  | { readonly kind: 'pipe' }
  | Database;

/** A database file, made by SQLite and then damaged. */
export interface Database {
  readonly kind: 'database';
  readonly sql: readonly string[];
  readonly journal?: 'wal';
  /** The changes to its bytes, in this order. */
  readonly damage?: readonly Damage[];
  /** A file that SQLite would take for its own. */
  readonly beside?: {
    readonly ending: '-wal' | '-journal' | '-shm';
    readonly content: 'own' | 'foreign' | 'garbage' | 'empty';
  };
}

/** Damage to a file; places are shares of its length, so that they fit every file. */
export type Damage =
  | { readonly kind: 'cut'; readonly at: number }
  | { readonly kind: 'byte'; readonly at: number; readonly value: number }
  | { readonly kind: 'header'; readonly offset: number; readonly value: number }
  | { readonly kind: 'fill'; readonly from: number; readonly to: number; readonly value: number }
  | { readonly kind: 'append'; readonly bytes: number };

/** One run of the command: what it finds in its folder, and how it is called there. */
export interface Input {
  /** By path below the folder; folders above are made. In texts `{folder}` stands for the folder itself. */
  readonly files: Readonly<Record<string, Content>>;
  readonly args: readonly string[];
  /** Paths that the run may make or change; nothing else in the folder may. */
  readonly outputs?: readonly string[];
  /** Whether rows of the databases hold `secret`, which nothing may show. */
  readonly secrets?: boolean;
  /** The database that `migrate` is to change, all of a migration or nothing. */
  readonly migrates?: string;
  /** Whether it never ends by itself, so that the run cannot be clean. */
  readonly endless?: boolean;
  /** A database that another connection holds while the run lasts, and the statement with which it does. */
  readonly held?: { readonly file: string; readonly sql: string };
  /** Runs as a user who owns nothing; where this process may not become one, the input is left out. */
  readonly asNobody?: boolean;
}

/** The values of a production database that no output may hold. */
export const secret = 'Zq7Secret';

/** A kind of input. */
export interface Kind {
  readonly name: string;
  /** The number of inputs, through workers and through the built command. */
  readonly tries: { readonly worker?: number; readonly command?: number };
  readonly generate: (random: Random) => Input;
}
