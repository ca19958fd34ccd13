import type { Runner } from '../src/model/tool.ts';

/** Who runs a history that is made in a test. */
export const plainRunner: Runner = {
  tool: 'plain',
  title: 'a plain folder',
  evidence: null,
  driver: 'better-sqlite3',
  driverEvidence: null,
  foreignKeys: null,
  advice: {
    keysOff: 'Switch foreign keys off on the connection before BEGIN.',
    oneTransaction: 'Let one transaction go round the file.',
    afterFailure: 'Undo what it left.',
  },
};
