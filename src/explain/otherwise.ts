import type { Finding } from '../model/finding.ts';

/** Adds to an error that it does not happen with foreign keys off, if the setting was only assumed. */
export function hingesOnKeys(finding: Finding): Finding {
  const detail =
    'It does not happen with foreign keys off. rowproof assumes that production enforces them. Set --foreign-keys or --driver as in production.';
  return { ...finding, details: [...finding.details, detail] };
}

/** Turns a finding into a warning if it happens only under a migrator that does not know `foreign_keys=off`. */
export function happensUnheard(finding: Finding): Finding {
  const detail =
    'It happens if another migrator runs the file, because `-- rowproof: foreign_keys=off` is only a comment to it. It does not happen if rowproof runs the file.';
  const instead =
    "If rowproof migrates production, set tool: 'rowproof' in the config. Otherwise switch foreign keys off before BEGIN in the way of your tool.";
  return { ...finding, severity: 'warning', details: [...finding.details, detail], instead };
}
