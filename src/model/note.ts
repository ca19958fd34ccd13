import type { DatasetName } from './dataset.ts';
import type { DrillKind } from './drill.ts';
import type { FindingCode } from './finding.ts';
import type { MigrationRef } from './history.ts';
import type { QueryVersion } from './query.ts';

/** The reason why a migration has no forecast. */
export type ForecastObstacle = 'program' | 'connect' | 'fails' | 'no-counter' | 'much-work';

/** The facts of each note, by its code. `explain/notes.ts` holds the words; a note without words does not compile. */
export interface NoteFacts {
  /** A file or folder looks as if it belonged to the history, and nothing reads it. */
  readonly ignored: { readonly file: string; readonly reason: string };
  /** Files have one number, and run in the order of their names. */
  readonly 'same-number': { readonly numbers: number; readonly migrations: readonly string[] };
  /** The first migrations need a table, and a file of SQL nearby makes it. */
  readonly 'base-nearby': { readonly table: string; readonly file: string };
  /** The history was judged up to a migration that needs what the application registers. */
  readonly 'ends-early': { readonly message: string; readonly remedy: string };
  /** The project's own runner switches foreign keys off before some files, which it names. */
  readonly 'keys-off-by-program': { readonly migrations: readonly string[]; readonly evidence: string };
  /** The project's own runner makes the table in which it keeps what it has applied, and files use it. */
  readonly 'ledger-by-program': { readonly table: string; readonly evidence: string };
  /** Statements of libSQL change the declaration of columns, which SQLite cannot. */
  readonly 'declarations-kept': { readonly migrations: readonly string[] };
  /** A migration is a program, and programs are not run. */
  readonly skipped: { readonly migration: string; readonly file: string };
  /** Programs ran, by their tool or a module of the project. */
  readonly 'programs-ran': { readonly by: string; readonly programs: number; readonly config: string | null };
  /** A command applied the migrations. */
  readonly 'command-ran': {
    readonly command: string;
    /** Whether it logs its statements, and the migrations whose log does not tell all that they do. */
    readonly hasLog: boolean;
    readonly untold: readonly string[];
  };
  /** A module opens a database when it is loaded, and got a scratch database instead. */
  readonly 'database-replaced': { readonly file: string };
  /** A line that programs or commands printed. */
  readonly printed: { readonly line: string };
  /** A migration needs what a skipped program would have made. */
  readonly blocked: { readonly migration: string; readonly file: string; readonly message: string };
  /** The migration runs inside a transaction of its own. */
  readonly 'own-transaction': { readonly migrations: readonly string[] };
  /** A table has no row from a version on. */
  readonly unfilled: { readonly table: string; readonly version: string; readonly reason: string };
  /** Generated rows break an invariant of the project. */
  readonly 'invariant-unkept': { readonly invariant: string; readonly rows: number };
  /** A table accepts fewer generated rows than planned. */
  readonly 'table-full': { readonly table: string; readonly reason: string };
  /** Hand-written rows do not fit after a restart. */
  readonly 'fixture-left-out': { readonly file: string; readonly reason: string };
  /** The profile tells a version that the history does not have. */
  readonly 'profile-of-other-version': { readonly file: string; readonly version: MigrationRef };
  /** The profile has tables and columns that the schema of a version does not have. */
  readonly 'profile-has-more': ProfileGap & { readonly version: string };
  /** The schema has tables and columns that the profile does not have. */
  readonly 'profile-has-less': ProfileGap;
  /** A scale is given, and there is no profile that it could make larger or smaller. */
  readonly 'scale-without-profile': { readonly scale: number };
  /** Tables get a row although the scale gives them none. */
  readonly 'scale-too-small': { readonly scale: number; readonly tables: readonly string[] };
  /** SQLite refuses rows that the profile describes. */
  readonly 'rows-refused': {
    readonly table: string;
    readonly refused: number;
    readonly rows: number;
    readonly reason: string;
  };
  /** Datasets continue with other rows after a migration failed on the earlier ones. */
  readonly restarted: { readonly migration: string; readonly datasets: readonly DatasetName[] };
  /** The search for the rows that change an outcome ended before it was complete. */
  readonly 'tries-used-up': { readonly migration: string; readonly tries: number };
  /** Rows that fire triggers were left out, because these cost too much. */
  readonly 'rows-untried': { readonly migration: string; readonly tables: readonly string[]; readonly rows: number };
  /** The migration's own `allow` accepts a finding. */
  readonly accepted: { readonly migration: string; readonly message: string; readonly reason: string };
  /** The config accepts findings in every migration. */
  readonly 'accepted-everywhere': { readonly directive: string; readonly findings: number; readonly reason: string };
  /** Findings up to a version are left out, because those migrations are applied. */
  readonly 'applied-left-out': {
    readonly migrations: number;
    readonly since: MigrationRef | null;
    readonly sinceGit: string | null;
    /** The database whose ledger tells. */
    readonly db: string | null;
  };
  /** Warnings are left out, because the profile has none of the rows that they need. */
  readonly 'ruled-out-by-profile': { readonly warnings: number; readonly file: string };
  /** The database at the gate has none of the rows that warnings of `check` need. */
  /** A database in rollback-journal mode was copied, and it was so large that its writers noticed. */
  readonly 'writers-waited': {
    readonly file: string;
    readonly bytes: number;
    readonly milliseconds: number;
    /** As it was told before the copy; null where nobody could say. */
    readonly expected: number | null;
  };
  readonly 'ruled-out-by-copy': { readonly migration: string; readonly warnings: number };
  /** The database at the gate has rows that `check` warns about, and the migration does not harm them. */
  readonly 'harmless-on-copy': {
    readonly migration: string;
    readonly warning: FindingCode;
    readonly table: string | null;
    readonly needs: string;
    readonly query: string;
    readonly rows: number;
  };
  /** Statements of the application ran before and after the pending migrations; some may say nothing. */
  readonly 'queries-tried': {
    readonly version: QueryVersion;
    /** How many pending migrations were applied; without any, nothing could be compared. */
    readonly migrations: number;
    readonly tried: number;
    /** The places of those that fail in any case. */
    readonly failing: readonly string[];
    /** How many are neither a query nor a write. */
    readonly others: number;
    /** How many differ from others only in their values, and are left out. */
    readonly alike: number;
  };
  /** Nobody says which migrations are pending, so the newest alone counts for the queries of the application. */
  readonly 'queries-newest': { readonly migration: string };
  /** Migrations ran again to find the smallest scripts of findings; those after the last try have none. */
  readonly reproduced: { readonly findings: number; readonly tries: number; readonly leftOut: number };
  /** Statements may take longer the more rows there are, and nothing here can count their steps. */
  readonly 'growth-unmeasured': { readonly statements: number; readonly migrations: readonly string[] };
  /** Statements may take longer the more rows there are, and need what the counting build of SQLite does not have. */
  readonly 'growth-needs-connect': { readonly statements: number; readonly migrations: readonly string[] };
  /** Migrations without a forecast of their cost, though there is a profile. */
  readonly 'not-forecast': { readonly migrations: readonly string[]; readonly reason: ForecastObstacle };
  /** The number of times that migrations were stopped between two statements and run again. */
  readonly interrupted: { readonly stops: number };
  /** A drill: its migrator, its faults, and the seed number that chose them. */
  readonly drilled: {
    readonly migrator: string;
    readonly faults: number;
    readonly survived: number;
    readonly seed: number;
  };
  /** The faults of one kind. */
  readonly 'drilled-kind': { readonly kind: DrillKind; readonly faults: number; readonly survived: number };
  /** A kind of fault that the drill leaves out. */
  readonly 'drill-left-out': { readonly kind: DrillKind; readonly reason: string };
  /** The migrator of the folder's tool is not run: rowproof begins and commits as the tool does, with a ledger of its own. */
  readonly 'drill-emulated': { readonly tool: string };
  /** Migrations without a drill: they fail without a fault on the rows of a check, or a failure comes before them. */
  readonly 'not-drilled': { readonly migrations: readonly string[] };
  /** `--since` would leave out the findings of migrations that can no longer be changed. */
  readonly since: { readonly version: string; readonly migration: string };
  /** The seed command leaves a ledger alone that rowproof did not make. */
  readonly 'ledger-left-alone': { readonly message: string };
}

/** Tables and columns that only one of profile and schema has. */
interface ProfileGap {
  readonly file: string;
  readonly names: readonly string[];
}

/** The code of a note. */
export type NoteCode = keyof NoteFacts;

/** A note with one of the codes `C`. */
export type NoteOf<C extends NoteCode> = {
  [P in C]: {
    readonly code: P;
    /** The dataset of the note; left out if the note concerns the migrations. */
    readonly dataset?: DatasetName;
    readonly facts: NoteFacts[P];
  };
}[C];

/** A fact for the user that is not a finding. */
export type Note = NoteOf<NoteCode>;
