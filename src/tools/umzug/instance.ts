import type { ConfigForm } from '../config-file.ts';

/** The file that exports the instance: by the names that its documentation uses, else by what it exports. */
export const instance: ConfigForm = {
  names: /^(?:umzug|migrator)\.[cm]?[jt]s$/,
  holds: /\b(?:export|exports)\b[^;]*?\bnew\s+Umzug\b|\bnew\s+Umzug\b[\s\S]*\b(?:export|exports)\b/,
};
