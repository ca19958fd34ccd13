/** The command itself, in the process that `bin.ts` supervises. */
import process from 'node:process';
import { channel } from './supervise/channel.ts';
import { runSupervised } from './supervise/supervised.ts';
import { reportTo } from './watch/watchdog.ts';

const args = process.argv.slice(2);
reportTo(channel);
// Not awaited: Node would warn of a promise of the user's that never settles as if it were this one.
void runSupervised(async () => (await import('./cli.ts')).main(args), {
  discreet: args[0] === 'gate' || args[0] === 'migrate',
});
