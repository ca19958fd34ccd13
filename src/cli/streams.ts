/**
 * Ends the process where its standard output takes no more: in silence where the reader has seen enough (`| head`), which
 * is no failure of ours, else with one line and exit code 2, since the report did not arrive.
 * @param couldNotRun the exit code
 */
export function guardStreams(couldNotRun: number): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    process.stderr.write(`rowproof: the standard output cannot be written: ${error.message}.\n`);
    process.exit(couldNotRun);
  });
  // Nobody can be told, and the exit code still says how it went.
  process.stderr.on('error', () => {});
}
