/**
 * The line of an output with the words of SQLite, else that of an error: most programs print it last; Node prints frames behind it,
 * and the sqlite3 shell the statement.
 */
export function lineOfError(text: string): string {
  const lines = text.trim().split('\n');
  const words = /\bconstraint failed\b|\bno such (?:table|column|index|function)\b|\bsyntax error\b/;
  const error =
    lines.findLast((line) => words.test(line)) ??
    lines.findLast((line) => /^\w*Error: |^(?:Parse|Runtime) error near line \d/.test(line));
  return (error ?? lines.at(-1))?.trim() ?? '';
}
