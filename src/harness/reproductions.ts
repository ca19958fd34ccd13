import type { Step } from '../apply/walk.ts';
import type { ResolvedConfig } from '../config.ts';
import { type FolderFile, type FolderOutput, prepareFolder } from '../files/folder.ts';
import type { Judgement, JudgementTerms } from '../judge/judge.ts';
import { reproduceFinding } from '../judge/reproduce.ts';
import type { ReportedFinding } from '../model/finding.ts';
import type { Note } from '../model/note.ts';
import type { Report } from '../model/report.ts';
import { inputsOf } from './inputs.ts';

/** How often migrations run for the scripts of one report: the findings after that get none. */
const runLimit = 3000;

/** Makes the scripts that show findings, as long as tries are left. */
export interface Reproducer {
  /**
   * The judgement with a script for each of its findings that has one.
   * @param isRecent whether the migration may still be changed; scripts of others are made only on request.
   */
  readonly tell: (step: Step, judgement: Judgement, terms: JudgementTerms, isRecent?: boolean) => Judgement;
  /** Its cost; nothing where nothing was looked for. */
  readonly notes: () => readonly Note[];
}

/** Starts the search for scripts; without the wish for them it does nothing. */
export function createReproducer({
  reproductions,
  reproduce,
  verbose,
}: Pick<ResolvedConfig, 'reproductions' | 'reproduce' | 'verbose'>): Reproducer {
  const sums = { findings: 0, tries: 0, leftOut: 0 };
  return {
    tell: (step, judgement, terms, isRecent = true) => {
      if (!reproductions) return judgement;
      const findings = judgement.findings.map((finding) => {
        if (finding.severity === 'note') return finding;
        if (sums.tries >= runLimit || !(isRecent || verbose || reproduce !== null)) {
          sums.leftOut += 1;
          return finding;
        }
        const reproduction = reproduceFinding(finding, step, terms);
        if (reproduction === null) return finding;
        sums.findings += 1;
        sums.tries += reproduction.tries;
        return { ...finding, reproduction };
      });
      return { ...judgement, findings };
    },
    notes: () => (sums.findings + sums.leftOut === 0 ? [] : [{ code: 'reproduced', facts: { ...sums } }]),
  };
}

/** The name of the script in the folder of a finding. */
const scriptName = 'reproduction.sql';

/**
 * Finds the place for the scripts of a report, before the work.
 * @param inputs other input files than those of the config.
 * @returns writes them, where a folder is named, and says in the report where they are.
 * @throws HarnessError `output-unwritable`
 */
export function placeReproductions(config: ResolvedConfig, ...inputs: readonly string[]): (report: Report) => Report {
  const { reproduce } = config;
  if (reproduce === null) return (report) => report;
  const output = prepareFolder(reproduce, inputsOf(config, ...inputs));
  return (report) => writeReproductions(report, reproduce, output);
}

/**
 * Writes the scripts of a report, each into a folder of its own that `rowproof check` reads.
 * @param folder the folder for all of them, as given.
 * @returns the report with the places of its scripts.
 * @throws HarnessError `output-unwritable`, `disk-full`
 */
function writeReproductions(report: Report, folder: string, output: FolderOutput): Report {
  const files: FolderFile[] = [];
  const findings = report.findings.map((finding): ReportedFinding => {
    const { reproduction } = finding;
    if (reproduction === undefined) return finding;
    const name = nameOf(finding);
    files.push({ path: `${name}/${scriptName}`, text: reproduction.script });
    files.push(...reproduction.files.map(({ path, text }) => ({ path: `${name}/${path}`, text })));
    return { ...finding, reproduction: { ...reproduction, folder: `${folder.replace(/[\\/]+$/, '')}/${name}` } };
  });
  output.write(files);
  return { ...report, findings };
}

/** Names of findings may hold what no name of a file may. */
function nameOf({ migration, code, fingerprint }: ReportedFinding): string {
  const safe = migration.replace(/[^\w-]+/g, '_').slice(0, 60);
  return `${safe}-${code}-${fingerprint.slice(0, 6)}`;
}
