/** The command itself, in the process that `bin.ts` supervises. */
import process from 'node:process';
import { channel } from './supervise/channel.ts';
import { runSupervised } from './supervise/supervised.ts';
import { reportTo } from './watch/watchdog.ts';

const args = process.argv.slice(2);
reportTo(channel);
// Not awaited: otherwise Node would report a user's unsettled promise as this one.
void runSupervised(async () => (await import('./cli.ts')).main(args), {
  discreet: args[0] === 'gate' || args[0] === 'migrate',
});
