import type { DatasetName } from '../model/dataset.ts';
import type { Note, NoteCode, NoteFacts, NoteOf } from '../model/note.ts';
import type { ReportNote } from '../model/report.ts';
import { counted, listed } from './words.ts';

/** How a note is told. */
interface Words<C extends NoteCode> {
  /** The group that it belongs to. */
  readonly kind: ReportNote['kind'];
  readonly say: (facts: NoteFacts[C]) => string;
}

const words: { readonly [C in NoteCode]: Words<C> } = {
  ignored: { kind: 'ignored', say: ({ file, reason }) => `${file} was ignored: ${reason}.` },
  skipped: { kind: 'skipped', say: ({ file }) => `${file} was skipped: it is a program.` },
  blocked: {
    kind: 'blocked',
    say: ({ file, message }) => `${file} was blocked, because it needs what a skipped program makes: ${message}.`,
  },
  'own-transaction': {
    kind: 'own-transaction',
    say: ({ migrations }) =>
      `${cut(migrations, 3)} ${migrations.length === 1 ? 'has its' : 'have their'} own BEGIN … COMMIT and ran as written.`,
  },
  unfilled: {
    kind: 'unfilled',
    say: ({ table, version, reason }) =>
      `${table} has no row from ${version === '0' ? 'the base' : `version ${version}`} on: ${reason}`,
  },
  'invariant-unkept': {
    kind: 'seed',
    say: ({ invariant, rows }) => `made-up rows break the invariant ${invariant} (${counted(rows, 'row')}).`,
  },
  'table-full': { kind: 'seed', say: ({ table, reason }) => `${table} takes no more rows: ${reason}` },
  'fixture-left-out': { kind: 'seed', say: ({ file, reason }) => `${file} was left out after the restart: ${reason}` },
  'profile-of-other-version': {
    kind: 'seed',
    say: ({ file, version }) =>
      `${file} was captured at version ${version}, which the history does not have. Its rows go in once its tables exist.`,
  },
  'profile-has-more': {
    kind: 'seed',
    say: ({ file, names, version }) => `${file} has ${cut(names, 5)}, which version ${version} does not have.`,
  },
  'profile-has-less': {
    kind: 'seed',
    say: ({ file, names }) => `${file} does not know ${cut(names, 5)}. Rows are plain there.`,
  },
  'scale-too-small': {
    kind: 'seed',
    say: ({ scale, tables }) =>
      `${cut(tables, 5, ' tables')} ${tables.length === 1 ? 'gets one row' : 'get one row each'}, although scale ${scale} leaves none.`,
  },
  'rows-refused': {
    kind: 'seed',
    say: ({ table, refused, rows, reason }) =>
      `${refused} of ${rows} rows of ${table} cannot have the shape of the profile: ${reason}`,
  },
  restarted: {
    kind: 'restarted',
    say: ({ migration, datasets }) => `${listed(datasets)} restarted after ${migration}, ${describeRestart(datasets)}.`,
  },
  'tries-used-up': {
    kind: 'seed',
    say: ({ migration, tries }) =>
      `${migration} was run ${tries} times to find the rows that change its outcome. Other rows may change it too.`,
  },
  accepted: {
    kind: 'allowed',
    say: ({ migration, message, reason }) => `${migration}: ${message}; allowed: ${reason}`,
  },
  'accepted-everywhere': {
    kind: 'allowed',
    say: ({ directive, findings, reason }) =>
      `${counted(findings, 'finding')} ${isOrAre(findings)} left out, because the config says \`${directive}\` for all migrations: ${reason}`,
  },
  'applied-left-out': {
    kind: 'allowed',
    say: ({ findings, since }) =>
      `${counted(findings, 'finding')} up to version ${since} ${isOrAre(findings)} left out, because those migrations are applied.`,
  },
  'ruled-out-by-profile': {
    kind: 'allowed',
    say: ({ warnings, file }) =>
      `${counted(warnings, 'warning')} ${isOrAre(warnings)} left out: according to ${file}, production has no such row.`,
  },
  'ruled-out-by-copy': {
    kind: 'gate',
    say: ({ migration, warnings }) =>
      `check gives ${counted(warnings, 'warning')} on ${migration} that ${warnings === 1 ? 'needs' : 'need'} rows which the database does not have.`,
  },
  'harmless-on-copy': {
    kind: 'gate',
    say: ({ migration, warning, needs, rows }) =>
      `${migration} does no harm to ${counted(rows, 'row')} of a kind that check warns of (${warning}): ${needs}.`,
  },
  interrupted: {
    kind: 'interrupted',
    say: ({ stops }) =>
      stops === 0
        ? 'interrupt: no migration commits anything before its last statement, so nothing was run again.'
        : `interrupt: rowproof stopped migrations ${stops === 1 ? 'once' : `${stops} times`} between two statements, over all datasets, and ran them again.`,
  },
  since: {
    kind: 'since',
    say: ({ version, migration }) =>
      `Nobody can change a migration that production has applied. If production has applied all of these, --since ${version} leaves out the findings up to ${migration}.`,
  },
  'ledger-left-alone': { kind: 'seed', say: ({ message }) => `The file has no ledger of rowproof: ${message}` },
};

/** A note as reports print it: in words, with the facts beside them. */
export function describeNote(note: Note): ReportNote {
  const { code, dataset } = note;
  const text = dataset === undefined ? noteText(note) : `${dataset}: ${noteText(note)}`;
  return { kind: words[code].kind, text, ...note };
}

/** A note in words, without the dataset that it is about. */
export function noteText<C extends NoteCode>({ code, facts }: NoteOf<C>): string {
  return words[code].say(facts);
}

/** The first few names of a list, and how many more there are. */
function cut(names: readonly string[], limit: number, noun = ''): string {
  const shown = names.slice(0, limit).join(', ');
  return names.length > limit ? `${shown} and ${names.length - limit} more${noun}` : shown;
}

function isOrAre(count: number): string {
  return count === 1 ? 'is' : 'are';
}

/** The rows that datasets go on with: given rows where they still fit, and made-up rows anew. */
function describeRestart(datasets: readonly DatasetName[]): string {
  const given = datasets.filter((name) => name === 'fixture' || name === 'profile');
  if (given.length === 0) return 'with new rows';
  const kept = 'with the rows that fit its schema';
  return given.length === datasets.length ? kept : `${listed(given)} ${kept}, the others with new ones`;
}
