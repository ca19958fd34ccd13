import type { Statement } from '../model/history.ts';
import type { LedgerFormat } from '../model/ledger.ts';
import type { Settings, TransactionMode } from '../model/settings.ts';
import type { DriverName, ToolName, ToolRefusal } from '../model/tool.ts';
import type { Folder } from './folder.ts';
import type { HashFiles } from './hashes.ts';
import type { ProgramForm } from './program.ts';

/** One migration as a tool keeps it. */
export interface MigrationFile {
  /** Its file, relative to the folder, with `/`. */
  readonly file: string;
  /** What the tool knows it by: a number, a time, a name. */
  readonly id: string;
  readonly name: string;
  /** What the tool's ledger knows it by, where that is not the id. */
  readonly ledgerId?: string;
  readonly kind: 'sql' | 'code';
  /** What the tool runs of the file; whatever else stands in it is blanked out, so that lines keep their numbers. */
  readonly text: string;
  /** Where this file opts out of the tool's way to wrap migrations. */
  readonly transaction?: TransactionMode;
}

/** What a tool makes of a folder: its migrations in the order in which it runs them. */
export interface Reading {
  readonly files: readonly MigrationFile[];
  readonly ignored: readonly { readonly file: string; readonly reason: string }[];
}

/** The settings that a tool and its driver decide. */
export type RunnerSettings = Pick<Settings, 'foreignKeys' | 'transaction' | 'doubleQuotedStrings'>;

/** A migration tool: one folder of this room, with these parts in files of the same names. */
export interface Tool {
  readonly name: ToolName;
  readonly title: string;
  /** What tells that a folder is this tool's, in a few words; null where it is not. */
  readonly recognise: (folder: Folder) => string | null;
  /** Other tools whose folders look like this one's too, and are this one's where it is recognised. */
  readonly overrules: readonly ToolName[];
  /** @throws HarnessError when the tool itself could not run the folder. */
  readonly read: (folder: Folder) => Reading;
  /** The driver that it has where nothing tells. */
  readonly driver: DriverName;
  /** Whether the project chooses the driver, so that its package.json tells. */
  readonly looksForDriver: boolean;
  /** How the tool looks where an application calls it; left out where it is a command alone. */
  readonly program?: ProgramForm;
  /** The statements of a file that the tool or its driver does not run as they stand; left out where there are none. */
  readonly refuses?: (
    text: string,
    statements: readonly Statement[],
    file: MigrationFile,
    driver: DriverName,
  ) => ToolRefusal[];
  /** Where its programs are run: the name of the config that it looks for, or null where it has none. */
  readonly programs?: { readonly config: RegExp | null };
  /** Null for a plain folder, which rowproof's own ledger goes with. */
  readonly ledger: LedgerFormat | null;
  /**
   * What the ledger holds of each file as it is now, by its path, one of these; left out where the tool keeps no hash, or one
   * that is not worked out here.
   */
  readonly hashes?: HashFiles;
  readonly settings: (driver: DriverName) => RunnerSettings;
  /** What its users can do, in its own terms; one sentence or two each. */
  readonly advice: {
    /** The way to keep foreign keys from acting while a table is rebuilt. */
    readonly keysOff: (driver: DriverName) => string;
    /** The way to run a whole migration in one transaction. */
    readonly oneTransaction: string;
    /** The way to repair a database after a half-applied migration, if undoing it is not enough. */
    readonly afterFailure?: string;
  };
}
