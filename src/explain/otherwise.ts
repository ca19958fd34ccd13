import type { Finding } from '../model/finding.ts';

/** Says of an error that it does not happen with foreign keys off, where somebody assumed that they are on. */
export function hingesOnKeys(finding: Finding): Finding {
  const detail =
    'It does not happen with foreign keys off. rowproof assumes that production enforces them: say --foreign-keys on or off, or --driver.';
  return { ...finding, details: [...finding.details, detail] };
}

/** Makes a warning of what happens only where the migrator does not know `foreign_keys=off`. */
export function happensUnheard(finding: Finding): Finding {
  const detail =
    'It happens if another migrator runs the file, for which `-- rowproof: foreign_keys=off` is a comment. It does not happen if rowproof runs the file.';
  const instead =
    "If rowproof migrates production, say tool: 'rowproof' in the config. Otherwise switch foreign keys off before BEGIN, as your tool does that.";
  return { ...finding, severity: 'warning', details: [...finding.details, detail], instead };
}
