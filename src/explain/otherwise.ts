import type { Finding } from '../model/finding.ts';

/** Says of an error that it does not happen with foreign keys off, where somebody assumed that they are on. */
export function hingesOnKeys(finding: Finding): Finding {
  const detail =
    'With foreign keys off this does not happen. That production enforces them is assumed: say --foreign-keys on or off, or --driver.';
  return { ...finding, details: [...finding.details, detail] };
}

/** Makes a warning of what happens only where the migrator does not know `foreign_keys=off`. */
export function happensUnheard(finding: Finding): Finding {
  const detail =
    'So it goes where another migrator runs the file, for which `-- rowproof: foreign_keys=off` is a comment. Where rowproof runs it, this does not happen.';
  const instead =
    "If rowproof migrates production, say so: tool: 'rowproof' in the config. Otherwise switch foreign keys off before BEGIN, in the way of the tool that does.";
  return { ...finding, severity: 'warning', details: [...finding.details, detail], instead };
}
