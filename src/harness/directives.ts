import { readDirective } from '../directives/read.ts';
import { HarnessError } from '../errors.ts';
import { codeTopics, isCode } from '../explain/catalogue.ts';
import { meantBy, suggest } from '../identity/find.ts';
import type { Directive, History, Migration } from '../model/history.ts';

/**
 * Adds the directives that the config gives to migrations whose files must not change any more, by name, id or number; the grammar is that of
 * `-- rowproof:` comments, without those words.
 * @throws HarnessError `bad-directive` for one that is not understood or names an unknown code, `bad-config` for an unknown
 * migration
 */
export function withDirectives(history: History, given: Readonly<Record<string, readonly string[]>>): History {
  const texts = new Map<Migration, readonly string[]>();
  for (const [said, lines] of Object.entries(given)) {
    const migration = onlyOne(history, said);
    texts.set(migration, [...(texts.get(migration) ?? []), ...lines]);
  }
  const migrations = history.migrations.map((migration): Migration => {
    const place = `the config's directives for ${migration.name}`;
    const added = (texts.get(migration) ?? []).map((text) =>
      readDirective(withoutMark(text), migration.file, null, place),
    );
    for (const directive of migration.directives)
      refuseUnknownCode(directive, migration, `${migration.file}:${directive.line}`);
    for (const directive of added) refuseUnknownCode(directive, migration, place);
    return added.length === 0 ? migration : { ...migration, directives: [...migration.directives, ...added] };
  });
  return { ...history, migrations };
}

/** Users may copy a whole comment. */
function withoutMark(text: string): string {
  return text.trim().replace(/^--\s*rowproof:\s*/, '');
}

/** The migration that a key of the config names, by its name, its id or its number. */
function onlyOne({ directory, migrations }: History, said: string): Migration {
  const [first, second] = meantBy(migrations, said);
  if (first !== undefined && second === undefined) return first;
  const why =
    first === undefined || second === undefined
      ? `there is no migration ${said} in ${directory}`
      : `${said} may mean ${first.name} or ${second.name}`;
  throw new HarnessError('bad-config', `directives: ${why}.`, {
    remedy: first === undefined ? suggest(migrations, said) : 'Give the whole name.',
    facts: { migration: said },
  });
}

/** A claim with a misspelt code would silently accept nothing. */
function refuseUnknownCode(directive: Directive, { file }: Migration, place: string): void {
  if (directive.kind !== 'allow' || isCode(directive.code)) return;
  throw new HarnessError('bad-directive', `${place}: no finding has the code ${directive.code}.`, {
    remedy: `The findings are ${codeTopics.map(({ id }) => id).join(', ')}.`,
    facts: { file, place },
  });
}

/**
 * A tool that does not know the directive runs the file with unchanged foreign keys.
 * @throws HarnessError `bad-directive`
 */
export function refuseUnheardDirectives({ runner, migrations }: History): void {
  if (runner.tool === 'plain' || runner.tool === 'rowproof') return;
  for (const { file, directives } of migrations) {
    const unheard = directives.find(({ kind }) => kind === 'foreign-keys-off');
    if (unheard === undefined) continue;
    const place = unheard.line === null ? `the config's directives for ${file}` : `${file}:${unheard.line}`;
    throw new HarnessError('bad-directive', `${place}: ${runner.title} does not read \`foreign_keys=off\`.`, {
      remedy: runner.advice.keysOff,
      facts: { file, tool: runner.tool },
    });
  }
}
