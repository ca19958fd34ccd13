import { type Attempt, attempt, type Runner } from './attempt.ts';
import type { Input } from './input.ts';

/** Runs that the search for a smaller input may take, and milliseconds. */
const limit = 80;
const patience = 8000;

/** Takes away from an input whatever it does not need to break the law in the same way. */
export async function smallest(input: Input, broken: Attempt, home: string, run: Runner): Promise<Input> {
  const kind = kindOf(broken.violations[0]);
  let left = input;
  let runs = 0;
  const deadline = performance.now() + patience;
  const shows = async (candidate: Input): Promise<boolean> => {
    if (runs >= limit || performance.now() > deadline) return false;
    runs += 1;
    return (await attempt(candidate, home, run)).violations.some((violation) => kindOf(violation) === kind);
  };
  for (let before: Input | null = null; before !== left && runs < limit; ) {
    before = left;
    for (const smaller of smallerThan(left)) {
      if (!(await shows(smaller))) continue;
      left = smaller;
      break;
    }
  }
  return left;
}

/** The identity of a violation: the file that it concerns, or the place where an error was thrown. */
export function kindOf(violation = ''): string {
  const [head = '', ...rest] = violation.split(': ');
  if (/file|leftover/.test(head)) return violation;
  const frame = /\/src\/\S+?:\d+/.exec(rest.join(': '))?.[0] ?? '';
  return `${head} ${frame}`;
}

/** Inputs with one thing less: a file, a half of its lines, a statement, an argument. */
function* smallerThan(input: Input): Generator<Input> {
  const files = Object.entries(input.files);
  for (const [name] of files) {
    yield { ...input, files: Object.fromEntries(files.filter(([other]) => other !== name)) };
  }
  for (const [name, content] of files) {
    if (typeof content === 'string') {
      for (const text of withLess(content)) yield { ...input, files: { ...input.files, [name]: text } };
    } else if (!(content instanceof Uint8Array) && content.kind === 'database') {
      for (const [i] of content.sql.entries()) {
        yield { ...input, files: { ...input.files, [name]: { ...content, sql: content.sql.toSpliced(i, 1) } } };
      }
    }
  }
  for (const [i, arg] of input.args.entries()) {
    if (i > 0) yield { ...input, args: input.args.toSpliced(i, arg.startsWith('-') && i > 1 ? 2 : 1) };
  }
}

function* withLess(text: string): Generator<string> {
  const lines = text.split('\n');
  if (lines.length < 2) return;
  const half = Math.ceil(lines.length / 2);
  if (lines.length > 3) {
    yield lines.slice(0, half).join('\n');
    yield lines.slice(half).join('\n');
  }
  for (const [i] of lines.entries()) yield lines.toSpliced(i, 1).join('\n');
}
