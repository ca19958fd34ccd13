import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { signal } from './protocol.ts';

/** One end of a connection between two threads, each of which can wait for the other without its event loop. */
export interface Post<In, Out> {
  readonly send: (message: Out) => void;
  /** Waits for the next message. @param limit milliseconds; null for no limit. @returns null where it is reached. */
  readonly receive: (limit: number | null) => In | null;
}

/**
 * Opens an end of the connection.
 * @param own whose end it is.
 * @param read makes sure that what came over is a message; both ends are ours, and structured cloning keeps the shape.
 */
export function openPost<In, Out>(
  port: MessagePort,
  signals: SharedArrayBuffer,
  own: keyof typeof signal,
  read: (message: unknown) => In,
): Post<In, Out> {
  const counts = new Int32Array(signals);
  const mine = signal[own];
  const theirs = mine === signal.main ? signal.worker : signal.main;
  return {
    send: (message) => {
      port.postMessage(message);
      Atomics.add(counts, theirs, 1);
      Atomics.notify(counts, theirs);
    },
    receive: (limit) => {
      for (;;) {
        // Read before the look at the port, so that what comes in between is not slept through.
        const seen = Atomics.load(counts, mine);
        const received = receiveMessageOnPort(port);
        if (received !== undefined) return read(received.message);
        if (Atomics.wait(counts, mine, seen, limit ?? Number.POSITIVE_INFINITY) === 'timed-out') return null;
      }
    },
  };
}
