/** Signals that ask a process to end. */
const requests = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs work that no request to end may interrupt, such as a write of a draft and its renaming: what would end this process
 * meanwhile ends it right after the work. Work that is asynchronous, or a SIGKILL, is not covered.
 * @returns the result of the work
 */
export function deferSignals<T>(work: () => T): T {
  const arrived = new Set<NodeJS.Signals>();
  const note = (signal: NodeJS.Signals): void => void arrived.add(signal);
  // The program ends by itself where it has listeners of its own.
  const held = requests.filter((signal) => process.listenerCount(signal) === 0);
  for (const signal of held) process.on(signal, note);
  try {
    return work();
  } finally {
    // Listeners hear of a signal in the next turn of the event loop: https://docs.libuv.org/en/v1.x/signal.html
    setImmediate(() => {
      for (const signal of held) process.off(signal, note);
      for (const signal of arrived) process.kill(process.pid, signal);
    });
  }
}
