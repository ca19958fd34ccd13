import { type Command, InvalidArgumentError, Option } from 'commander';
import { type DrillKind, drillKinds } from '../model/drill.ts';
import { closestName } from '../text/closest-name.ts';
import { list, wholeNumber } from './options.ts';

/** The flags that choose the faults of a drill. */
export interface FaultFlags {
  readonly faults?: number;
  readonly kinds?: DrillKind[];
  readonly replay?: string;
}

/** Adds the flags that choose the faults of a drill. @param usual how many there are when left out, in words. */
export function addFaults(command: Command, usual: string): Command {
  return command
    .optionsGroup('Faults:')
    .addOption(
      new Option(
        '--faults <number>',
        `how many faults a drill injects, and one in a process for every twenty; of a command, all in processes (default: ${usual})`,
      ).argParser(faultCount),
    )
    .addOption(
      new Option('--kinds <names>', `the kinds of faults (default: all; choices: ${drillKinds.join(', ')})`).argParser(
        kindList,
      ),
    )
    .option('--replay <id>', 'inject one fault again, by its id in a report');
}

function kindList(text: string): DrillKind[] {
  return list(text).map((name) => {
    const kind = drillKinds.find((each) => each === name);
    if (kind !== undefined) return kind;
    const meant = closestName(name, drillKinds);
    throw new InvalidArgumentError(
      meant === null ? `It must be some of ${drillKinds.join(', ')}.` : `Did you mean ${meant}?`,
    );
  });
}

function faultCount(text: string): number {
  const number = wholeNumber(text);
  if (number > 0) return number;
  throw new InvalidArgumentError('It must be a whole number, 1 or more.');
}
