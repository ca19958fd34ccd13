/** `gate.ts FILE MIGRATIONS [parts]`: runs the gate on a file; prints what it takes as JSON, on demand with its parts. */
import { gate } from '../../../src/api.ts';
import { profiled } from './profiled.ts';
import { report } from './report.ts';

/** The functions behind the parts. */
const partOf: Readonly<Record<string, string>> = {
  copyPatiently: 'copy',
  refuseDamagedCopy: 'quick_check',
  snapshotFile: 'copy of before',
  checkIntegrity: 'integrity_check',
  checkTables: 'integrity_check',
  countOrphans: 'foreign_key_check',
  recountOrphans: 'foreign_key_check',
  missingParents: 'foreign_key_check',
  countRows: 'counting rows',
  execute: 'apply',
  findRowChanges: 'comparison',
  tryPending: 'awkward rows',
  catchUp: 'empty database',
  applyToBaseline: 'empty database',
  countInCopy: 'hazards in the copy',
  judgeStep: 'judgement',
};

const [file = '', migrations = '', wanted] = process.argv.slice(2);
const work = async (): Promise<void> => {
  const { findings } = await gate({ migrations, tool: 'rowproof' }, { file });
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(`the gate finds ${errors.map(({ message }) => message).join('; ')}`);
};
if (wanted === 'parts') report(await profiled(partOf, work));
else {
  await work();
  report({});
}
