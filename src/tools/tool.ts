import type { Statement } from '../model/history.ts';
import type { LedgerFormat } from '../model/ledger.ts';
import type { Settings, TransactionMode } from '../model/settings.ts';
import type { DriverName, ToolName, ToolRefusal } from '../model/tool.ts';
import type { ConfigForm } from './config-file.ts';
import type { Folder } from './folder.ts';
import type { HashFiles } from './hashes.ts';
import type { ProgramForm } from './program.ts';

/** One migration as a tool keeps it. */
export interface MigrationFile {
  /** Its file, relative to the folder, with `/`. */
  readonly file: string;
  /** The id in the tool's own terms: a number, a time, a name. */
  readonly id: string;
  readonly name: string;
  /** The id in the tool's ledger, where it differs. */
  readonly ledgerId?: string;
  readonly kind: 'sql' | 'code';
  /** The text that the tool runs; the rest of the file is blanked out, so that lines keep their numbers. */
  readonly text: string;
  /** Where this file opts out of the tool's way to wrap migrations. */
  readonly transaction?: TransactionMode;
}

/** A folder as a tool reads it: its migrations in the order in which the tool runs them. */
export interface FolderReading {
  readonly files: readonly MigrationFile[];
  readonly ignored: readonly { readonly file: string; readonly reason: string }[];
}

/** The settings that a tool and its driver decide. */
export type RunnerSettings = Pick<Settings, 'foreignKeys' | 'transaction' | 'doubleQuotedStrings'>;

/** A migration tool: one folder of this room, with these parts in files of the same names. */
export interface Tool {
  readonly name: ToolName;
  readonly title: string;
  /** The evidence that a folder belongs to this tool, in a few words; null where there is none. */
  readonly recognise: (folder: Folder) => string | null;
  /** Other tools whose folders look like this one's too, and are this one's where it is recognised. */
  readonly overrules: readonly ToolName[];
  /** @throws HarnessError when the tool itself could not run the folder. */
  readonly read: (folder: Folder) => FolderReading;
  /** The driver that it has where nothing tells. */
  readonly driver: DriverName;
  /** Whether the project chooses the driver, so that its package.json tells. */
  readonly looksForDriver: boolean;
  /**
   * The files before which the project's own runner switches foreign keys off, and where; left out where a tool runs all files in
   * one way.
   */
  readonly keysOff?: (folder: Folder, files: readonly string[]) => ReadonlyMap<string, string>;
  /** The form of the tool's call in an application; left out where it is only a command. */
  readonly program?: ProgramForm;
  /** The statements of a file that the tool or its driver does not run as they stand; left out where there are none. */
  readonly refuses?: (
    text: string,
    statements: readonly Statement[],
    file: MigrationFile,
    driver: DriverName,
  ) => ToolRefusal[];
  /** Where its programs are run: the config that it looks for, or null where it has none. */
  readonly programs?: {
    readonly config: ConfigForm | null;
    /** The driver that the text of a config names, or null; left out where no config does. */
    readonly driver?: (text: string) => DriverName | null;
    /** Whether the tool itself can run its SQL files, instead of rowproof. */
    readonly ofSql?: boolean;
  };
  /** Null for a plain folder, which rowproof's own ledger goes with. */
  readonly ledger: LedgerFormat | null;
  /**
   * The possible hashes of each current file in the ledger, by its path; left out where the tool keeps no hash, or one
   * that is not worked out here.
   */
  readonly hashes?: HashFiles;
  readonly settings: (driver: DriverName) => RunnerSettings;
  /** The advice to its users, in its own terms; one sentence or two each. */
  readonly advice: {
    /** The way to keep foreign keys from acting while a table is rebuilt. */
    readonly keysOff: (driver: DriverName) => string;
    /** The way to run a whole migration in one transaction. */
    readonly oneTransaction: string;
    /** The way to repair a database after a half-applied migration, if undoing it is not enough. */
    readonly afterFailure?: string;
    /** Marks a file so that the tool runs it without a transaction; left out where no line of the file can. */
    readonly outsideTransaction?: (text: string) => string;
  };
}
