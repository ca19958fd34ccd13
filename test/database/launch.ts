import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A program of `processes/` that runs beside the test. */
export interface Launched {
  readonly process: ChildProcess;
  /** Waits for the next line of its output. Throws with its exit code and errors when it ends without one. */
  line(): Promise<string>;
  /** Ends its input and waits until it has left; returns its exit code and what it wrote to its error output. */
  stop(): Promise<{ code: number | null; errors: string }>;
}

/** Starts `processes/<program>.ts`, which Node runs as it is, in a process group of its own. */
export function launch(program: string, ...args: string[]): Launched {
  const script = fileURLToPath(new URL(`processes/${program}.ts`, import.meta.url));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], { detached: true });
  const left = once(child, 'close');
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    process: child,
    line: async () => {
      const { value, done } = await lines.next();
      if (done) throw new Error(`${program} said nothing, and then: ${errors}`);
      return value;
    },
    stop: async () => {
      child.stdin.end();
      await left;
      return { code: child.exitCode, errors };
    },
  };
}
