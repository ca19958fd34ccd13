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
    say: ({ file, message }) => `${file} was blocked by what skipped programs would have made: ${message}.`,
  },
  'own-transaction': {
    kind: 'own-transaction',
    say: ({ migrations }) =>
      `${cut(migrations, 3)} ${migrations.length === 1 ? 'has its' : 'have their'} own BEGIN … COMMIT and ran as written.`,
  },
  unfilled: {
    kind: 'unfilled',
    say: ({ table, version, reason }) =>
      `${table} has no row from ${version === 0 ? 'the base' : `version ${version}`} on: ${reason}`,
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
      `${file} is of version ${version}, which is none of the history; its rows go in where its tables are.`,
  },
  'profile-has-more': {
    kind: 'seed',
    say: ({ file, names, version }) => `${file} has ${cut(names, 5)}, which version ${version} has not.`,
  },
  'profile-has-less': {
    kind: 'seed',
    say: ({ file, names }) => `${file} does not know ${cut(names, 5)}; the rows are plain there.`,
  },
  'scale-too-small': {
    kind: 'seed',
    say: ({ scale, tables }) =>
      `at scale ${scale} ${cut(tables, 5, ' tables')} would have no row and ${tables.length === 1 ? 'has' : 'have'} one.`,
  },
  'rows-refused': {
    kind: 'seed',
    say: ({ table, refused, rows, reason }) =>
      `${refused} of ${rows} rows of ${table} were refused as the profile has them: ${reason}`,
  },
  restarted: {
    kind: 'restarted',
    say: ({ migration, datasets }) => `${listed(datasets)} restarted after ${migration}, ${describeRestart(datasets)}.`,
  },
  'tries-used-up': {
    kind: 'seed',
    say: ({ migration, tries }) =>
      `${migration} was run ${tries} times to find which rows change its outcome; there may be more.`,
  },
  accepted: {
    kind: 'allowed',
    say: ({ migration, message, reason }) => `${migration}: ${message}; allowed: ${reason}`,
  },
  'applied-left-out': {
    kind: 'allowed',
    say: ({ findings, since }) =>
      `${counted(findings, 'finding')} up to version ${since} left out: those migrations are applied.`,
  },
  'ruled-out-by-profile': {
    kind: 'allowed',
    say: ({ warnings, file }) =>
      `${counted(warnings, 'warning')} ${wasOrWere(warnings)} left out: going by ${file}, production has no such row.`,
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
        : `interrupt: migrations were stopped between statements ${stops === 1 ? 'once' : `${stops} times`}, over all datasets, and run again.`,
  },
  since: {
    kind: 'since',
    say: ({ version, migration }) =>
      `What production has applied cannot be changed any more. If it has applied all of these, --since ${version} leaves out what is found up to ${migration}.`,
  },
  'program-not-run': { kind: 'skipped', say: ({ file }) => `${file} was not run: it is a program.` },
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

function wasOrWere(count: number): string {
  return count === 1 ? 'was' : 'were';
}

/** The rows that datasets go on with: given rows where they still fit, and made-up rows anew. */
function describeRestart(datasets: readonly DatasetName[]): string {
  const given = datasets.filter((name) => name === 'fixture' || name === 'profile');
  if (given.length === 0) return 'with new rows';
  const kept = 'with the rows that fit its schema';
  return given.length === datasets.length ? kept : `${listed(given)} ${kept}, the others with new ones`;
}
