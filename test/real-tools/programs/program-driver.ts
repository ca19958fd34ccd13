import type { RealStep } from '../../programs/real-tools.ts';

/** A tool whose migrations are programs, on one driver, with a project that is set up for it. */
export interface ProgramDriver {
  /** The tool with its version. */
  readonly title: string;
  /** The driver, as the project has it. */
  readonly driver: string;
  /** The sample that the project is a copy of. */
  readonly sample: string;
  /** The folder of the migrations. */
  readonly place: string;
  /** Files that the project has in place of the sample's, as its documentation sets the driver up. */
  readonly files: Readonly<Record<string, string>>;
  /** Names of packages here, by those in the project: an earlier version. */
  readonly versions: Readonly<Record<string, string>>;
  /** A package that has to be built and may be missing. */
  readonly needs: 'sqlite3' | null;
  /** The tool itself: its next migration on a file. */
  readonly step: RealStep;
}

/** A package.json with dependencies. */
export function dependingOn(...names: readonly string[]): { readonly 'package.json': string } {
  const dependencies = Object.fromEntries(names.map((name) => [name, '*']));
  return { 'package.json': JSON.stringify({ type: 'module', dependencies }) };
}
