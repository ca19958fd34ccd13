import { describePrograms, hasPrograms, limitsOfPrograms } from '../harness/programs.ts';
import type { ProjectSources } from '../harness/project.ts';
import { printable } from '../report/printable.ts';
import { confirm, isAtTerminal } from './question.ts';

/**
 * Asks at a terminal whether the programs of a project may be run, where nobody has said so; what happens elsewhere is for
 * the run to say, which refuses them.
 * @returns the sources, in which they may be run if the answer is yes.
 */
export async function askForPrograms<S extends ProjectSources>(sources: S): Promise<S> {
  const { history, config } = sources;
  if (config.programs || !hasPrograms(history) || !isAtTerminal()) return sources;
  const introduction = `${printable(describePrograms(history))}\n${limitsOfPrograms}\n`;
  const mayRun = await confirm(introduction, 'Run them?');
  return mayRun ? { ...sources, config: { ...config, programs: true } } : sources;
}
