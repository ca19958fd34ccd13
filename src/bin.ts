#!/usr/bin/env node
// On a Node too old the native driver crashes, so nothing else is imported before the question is asked.
import process from 'node:process';

const complaint = await import('./supported-node.ts').then(
  () => null,
  (error: unknown) => (error instanceof Error ? error.message : String(error)),
);

if (complaint === null) {
  const { guardStreams } = await import('./cli/streams.ts');
  guardStreams(2);
  const { main } = await import('./cli.ts');
  process.exitCode = await main(process.argv.slice(2)).catch((bug: unknown) => {
    console.error(bug);
    process.stderr.write(
      'rowproof: this is a bug of rowproof, not of your migrations. Please report it with the lines above.\n',
    );
    return 2;
  });
} else {
  process.stderr.write(`${complaint}\n`);
  process.exitCode = 2;
}
