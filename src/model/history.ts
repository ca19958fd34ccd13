// This room holds the nouns that the other rooms hand to each other: types, and the lists that types are made from.
import type { LedgerFormat } from './ledger.ts';
import type { Program } from './program.ts';
import type { MigrationSettings } from './settings.ts';
import type { Runner, ToolRefusal } from './tool.ts';

/** The verb in the first words of a statement. Verbs that rowproof does not distinguish are `other`. */
export type Verb =
  | 'select'
  | 'insert'
  | 'replace'
  | 'update'
  | 'delete'
  | 'create-table'
  | 'create-index'
  | 'create-trigger'
  | 'create-view'
  | 'create-virtual-table'
  | 'add-column'
  | 'drop-column'
  | 'rename-column'
  | 'rename-table'
  | 'alter-table'
  | 'drop-table'
  | 'drop-index'
  | 'drop-trigger'
  | 'drop-view'
  | 'pragma'
  | 'begin'
  | 'commit'
  | 'rollback'
  | 'savepoint'
  | 'release'
  | 'other';

/** A word in a statement that can leave rows out of what it writes. */
export type Narrowing = 'where' | 'join' | 'distinct' | 'group-by' | 'limit' | 'or-ignore' | 'or-replace' | 'compound';

/** The head of a statement: its declared action, read from its tokens without a grammar. */
export interface StatementHead {
  readonly verb: Verb;
  /** The table that it writes or changes (for an index or trigger, the table it stands on); null where there is none. */
  readonly target: string | null;
  /** The new name, for `rename-table`. */
  readonly renamedTo: string | null;
  /** The column, for `add-column`, `drop-column` and `rename-column`. */
  readonly column: string | null;
  /** Tables after FROM and JOIN, in order, each once. */
  readonly sources: readonly string[];
  readonly narrowings: readonly Narrowing[];
}

/** One SQL statement with the lines it stands on (1-based, from its first token; comments before it do not count). */
export interface Statement {
  /** 1-based position in its file. */
  readonly index: number;
  readonly sql: string;
  readonly line: number;
  readonly endLine: number;
  readonly head: StatementHead;
  /** The file that it stands in, where a program issued it from another one than its own; as reports show it. */
  readonly file?: string;
  /** A text of it that may be shown in place of its own: a program may have put values of rows into it. */
  readonly shown?: string;
}

/** A hazard that the authors rule out, in the words of `assume`. */
export type Assumption = 'is not null' | 'is unique' | 'is valid json' | 'is integer' | 'has parent';

/** A `-- rowproof:` comment at the head of a migration, or the same in the config, where it has no line. */
export type Directive =
  | { readonly kind: 'foreign-keys-off'; readonly line: number | null }
  /** A comment that looks like a directive and is none; `form` is how it is written. */
  | { readonly kind: 'unread'; readonly text: string; readonly form: string; readonly line: number }
  /** No row lacks a parent under a declared key, in the whole history. */
  | { readonly kind: 'assume-keys'; readonly reason: string; readonly line: number | null }
  | {
      readonly kind: 'allow';
      readonly code: string;
      readonly table: string;
      readonly column: string | null;
      readonly reason: string;
      readonly line: number | null;
    }
  | {
      readonly kind: 'assume';
      readonly table: string;
      readonly column: string;
      readonly assumption: Assumption;
      readonly parent: { readonly table: string; readonly column: string } | null;
      readonly reason: string;
      readonly line: number | null;
    };

/** A reference to a migration: its id, its name or a number; 0 stands for the base. */
export type MigrationRef = string | number;

/**
 * One migration: a file or folder. `kind: 'code'` is a program that is skipped and reported; one that its tool runs is of the
 * kind `sql`, with the statements that it executes on an empty database, and has a `program`.
 */
export interface Migration {
  readonly kind: 'sql' | 'code';
  /** Its place in the order in which its tool runs them, from 1 on; 0 is the base. */
  readonly position: number;
  /** Its unique id in its tool: `0002`, `2024-01-31`, the name of a folder. */
  readonly id: string;
  /** Its key in the ledger of its tool, if that differs from the id. */
  readonly ledgerId?: string;
  /** The file's name without its ending, as in `0002_publishers`. */
  readonly name: string;
  /** Path as given by the user, relative where theirs was, with `/`. */
  readonly file: string;
  readonly statements: readonly Statement[];
  readonly directives: readonly Directive[];
  /** Whether the file says BEGIN itself; such a file runs as written. */
  readonly ownTransaction: boolean;
  /** The program that runs it; on other rows it may execute other statements than those here. */
  readonly program?: Program;
  /** Whether what a program executed may call functions that it registered, so that it does not run without the program. */
  readonly callsProgram?: boolean;
  /** Whether a program asked for rows when it executed this, so that it may have decided by them. */
  readonly asksForRows?: boolean;
  /** The settings in which this file differs from the others, where it opts out of its tool's way. */
  readonly settings?: MigrationSettings;
  /** The place in the project's own runner that switches foreign keys off before this file; left out without one. */
  readonly keysOffBy?: string;
  /** The possible hashes of the present file in its tool's ledger; left out if the tool keeps no hash. */
  readonly ledgerHashes?: readonly string[];
  /** The earlier migration after which its tool never runs it; left out without one. */
  readonly skippedAfter?: string;
  /** The journal that the file has when it runs, where an earlier migration has set it. https://sqlite.org/wal.html */
  readonly journal?: 'wal' | 'rollback';
  /** The tables that it uses and no migration of the history makes; left out without any. */
  readonly elsewhere?: readonly TableElsewhere[];
  /** The places of the statements that another engine has and ours passes over; left out without any. */
  readonly passedOver?: readonly number[];
  /** The statements that its tool refuses or changes; left out without any. */
  readonly refusals?: readonly ToolRefusal[];
  /** sha256 (hex) of the text without byte order mark, carriage returns and `-- rowproof:` lines. */
  readonly hash: string;
}

/** A table that something outside of a history makes. */
export interface TableElsewhere {
  /** Its name, folded. */
  readonly table: string;
  /** The place that makes it, as `file:line`; null where no text of the project does. */
  readonly place: string | null;
}

/** A ledger that a project's own runner makes, as its program writes it. */
export interface OwnLedger {
  readonly table: string;
  /** The place in the program, as `file:line`. */
  readonly file: string;
  readonly statements: readonly Statement[];
}

/** The start of the history if it is not empty: a database or a SQL file that a project ships. */
export interface Base {
  readonly file: string;
  readonly kind: 'database' | 'sql';
  /** The statements of a SQL base; empty for a database. */
  readonly statements: readonly Statement[];
}

/** The ordered migrations of a project. */
export interface History {
  /** The folder, as given. */
  readonly directory: string;
  /** The tool that runs it in production. */
  readonly runner: Runner;
  /** The ledger of another tool; null for rowproof's own. */
  readonly ledger?: LedgerFormat | null;
  readonly base: Base | null;
  /** The table that the project's own runner makes before the first file; left out where no file uses one. */
  readonly ownLedger?: OwnLedger;
  /** The place where the tool runs its programs: its config in the displayed form; null where there are none to run. */
  readonly programs?: { readonly config: string | null } | null;
  /** In the order of their positions; ids are unique. */
  readonly migrations: readonly Migration[];
  /** Files and folders that look like inputs but are ignored, each with the reason. */
  readonly ignored: readonly { readonly file: string; readonly reason: string }[];
}
