import type { DatasetName } from '../model/dataset.ts';
import type { Note, NoteCode, NoteFacts, NoteOf } from '../model/note.ts';
import type { ReportNote } from '../model/report.ts';
import { formatTime } from '../text/duration.ts';
import { formatSize } from '../text/size.ts';
import { beyondFunctions, obstacles } from './forecast-obstacles.ts';
import { counted, listed } from './format.ts';
import { faultWords } from './rules/fails-drill/causes.ts';

/** The words of a note. */
interface Words<C extends NoteCode> {
  /** The group that it belongs to. */
  readonly kind: ReportNote['kind'];
  readonly say: (facts: NoteFacts[C]) => string;
}

const words: { readonly [C in NoteCode]: Words<C> } = {
  ignored: { kind: 'ignored', say: ({ file, reason }) => `${file} was ignored: ${reason}.` },
  'same-number': {
    kind: 'ignored',
    say: ({ numbers, migrations }) =>
      `${cut(migrations, 3)} have one number${numbers > 1 ? ` (and so have the files of ${numbers - 1} more)` : ''}; rowproof runs them in the order of their names.`,
  },
  'base-nearby': {
    kind: 'ignored',
    say: ({ table, file }) =>
      `${file} makes the table ${table}. If it holds the tables as they are before the first migration, add --base ${file}.`,
  },
  'ends-early': {
    kind: 'blocked',
    say: ({ message, remedy }) => `The history ends here for rowproof: ${message} ${remedy}`,
  },
  'keys-off-by-program': {
    kind: 'own-transaction',
    say: ({ migrations, evidence }) =>
      `Foreign keys are off in ${cut(migrations, 3)}: ${evidence} switches them off, and that program names the file.`,
  },
  'ledger-by-program': {
    kind: 'seed',
    say: ({ table, evidence }) =>
      `The project's own runner makes ${table} before the first file (${evidence}), and so does rowproof.`,
  },
  'declarations-kept': {
    kind: 'skipped',
    say: ({ migrations }) =>
      `ALTER COLUMN in ${cut(migrations, 3)} is of libSQL, which changes only the declaration and checks no row; here the column keeps its old one.`,
  },
  skipped: {
    kind: 'skipped',
    say: ({ file }) =>
      `${file} was skipped: it is a program, and nothing says what runs it (migrator.run in the config).`,
  },
  'programs-ran': {
    kind: 'programs',
    say: ({ by, programs, config }) =>
      `${by} ran ${counted(programs, 'program')}, ${config === null ? 'without a config' : `with ${config}`}.`,
  },
  'command-ran': {
    kind: 'programs',
    say: ({ hasLog, untold }) => {
      const means = 'findings name none, every changed value counts as unintended, and awkward rows are not tried';
      if (!hasLog) return `A command applied each migration to a file. Its statements are not told apart: ${means}.`;
      const log = 'A command applied each migration to a file, and its log tells the statements apart';
      return untold.length === 0
        ? `${log}.`
        : `${log}, but not those of ${untold.join(', ')}, because the statements and values in the log do not make the same database: there ${means}.`;
    },
  },
  'database-replaced': {
    kind: 'programs',
    say: ({ file }) => `A module opens ${file} when it is loaded; it got a scratch database instead.`,
  },
  printed: { kind: 'programs', say: ({ line }) => `A program printed: ${line}` },
  blocked: {
    kind: 'blocked',
    say: ({ file, message }) =>
      `${file} was blocked, because it needs an object that a skipped program makes: ${message}.`,
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
    say: ({ invariant, rows }) =>
      `${counted(rows, 'generated row')} ${rows === 1 ? 'breaks' : 'break'} the invariant ${invariant}.`,
  },
  'table-full': { kind: 'seed', say: ({ table, reason }) => `${table} accepts no more rows: ${reason}` },
  'fixture-left-out': { kind: 'seed', say: ({ file, reason }) => `${file} was left out after the restart: ${reason}` },
  'scale-without-profile': {
    kind: 'seed',
    say: ({ scale }) => `--scale ${scale} has no effect without a profile. rowproof profile --db FILE makes one.`,
  },
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
    say: ({ file, names }) => `${file} says nothing about ${cut(names, 5)}. Plain rows go in there.`,
  },
  'scale-too-small': {
    kind: 'seed',
    say: ({ scale, tables }) =>
      `${cut(tables, 5, ' tables')} ${tables.length === 1 ? 'gets one row' : 'get one row each'}, although scale ${scale} leaves none.`,
  },
  'rows-refused': {
    kind: 'seed',
    say: ({ table, refused, rows, reason }) =>
      `${refused} of ${rows} rows of ${table} cannot follow the profile: ${reason}`,
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
  'rows-untried': {
    kind: 'seed',
    say: ({ migration, tables, rows }) =>
      `${migration}: ${counted(rows, 'awkward row')} of ${cut(tables, 3)} ${rows === 1 ? 'was' : 'were'} not tried, because of what the triggers there run.`,
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
    say: ({ migrations, since, sinceGit, db }) =>
      `${counted(migrations, 'migration')} ran without being judged, because ${migrations === 1 ? 'it is' : 'they are'} applied: ${[
        ...(since === null ? [] : [`--since ${since}`]),
        ...(sinceGit === null ? [] : [`--since-git ${sinceGit}`]),
        ...(db === null ? [] : [`--db ${db}`]),
      ].join(', ')}.`,
  },
  'ruled-out-by-profile': {
    kind: 'allowed',
    say: ({ warnings, file }) =>
      `${counted(warnings, 'warning')} ${isOrAre(warnings)} left out: ${file} shows that production has no such row.`,
  },
  'writers-waited': {
    kind: 'gate',
    say: ({ file, bytes, milliseconds, expected }) =>
      `No process could write to ${file} for ${formatTime(milliseconds)}${expected === null ? '' : ` (expected: ${formatTime(expected)})`}, while its ${formatSize(bytes)} were copied, because it is in rollback-journal mode. In WAL mode nobody waits.`,
  },
  'ruled-out-by-copy': {
    kind: 'gate',
    say: ({ migration, warnings }) =>
      `check gives ${counted(warnings, 'warning')} on ${migration} that ${warnings === 1 ? 'needs' : 'need'} rows which the database does not have.`,
  },
  'harmless-on-copy': {
    kind: 'gate',
    say: ({ migration, warning, needs, rows }) =>
      `check warns about ${migration} (${warning}: ${needs}). The database has ${counted(rows, 'such row')}, and ${rows === 1 ? 'it is' : 'they are'} not harmed.`,
  },
  'growth-unmeasured': {
    kind: 'growth',
    say: ({ statements, migrations }) =>
      `${counted(statements, 'statement')} of ${listed(migrations)} may take far longer the more rows there are. To measure that, install the package that counts steps of SQLite: npm install --save-dev --save-exact @sqlite.org/sqlite-wasm@3.54.1-build1`,
  },
  'growth-needs-connect': {
    kind: 'growth',
    say: ({ statements, migrations }) =>
      `${counted(statements, 'statement')} of ${listed(migrations)} may take far longer the more rows there are, which was not measured: ${statements === 1 ? 'it needs' : 'they need'} ${beyondFunctions}. rowproof gate measures the time on a copy.`,
  },
  'not-forecast': {
    kind: 'growth',
    say: ({ migrations, reason }) =>
      `The cost of ${cut(migrations, 3)} in production is not forecast, because ${obstacles[reason]}.`,
  },
  'queries-tried': {
    kind: 'queries',
    say: ({ version, migrations, tried, failing, others, alike }) => {
      if (migrations === 0)
        return `The statements of the ${version} version were not tried, because no pending migration was applied.`;
      return [
        `${counted(tried, 'statement')} of the ${version} version ${tried === 1 ? 'was' : 'were'} tried before and after ${counted(migrations, 'migration')}.`,
        ...(failing.length === 0
          ? []
          : [
              `${cut(failing, 3)} ${failing.length === 1 ? 'fails' : 'fail'} ${version === 'old' ? 'before' : 'after'} the migrations with the values that rowproof binds, and ${failing.length === 1 ? 'says' : 'say'} nothing.`,
            ]),
        ...(others === 0 ? [] : [`${counted(others, 'statement')} ${isOrAre(others)} neither a query nor a write.`]),
        ...(alike === 0
          ? []
          : [`${counted(alike, 'statement')} ${alike === 1 ? 'differs' : 'differ'} from tried ones only in values.`]),
      ].join(' ');
    },
  },
  'queries-newest': {
    kind: 'queries',
    say: ({ migration }) =>
      `Only ${migration} counts as pending for the queries of the application. --since or --since-git says what production has applied.`,
  },
  interrupted: {
    kind: 'interrupted',
    say: ({ stops }) =>
      stops === 0
        ? 'interrupt: no migration commits before its last statement, so no migration was run again.'
        : `interrupt: rowproof stopped migrations ${stops === 1 ? 'once' : `${stops} times`} between two statements, over all datasets, and ran them again.`,
  },
  reproduced: {
    kind: 'reproduced',
    say: ({ findings, tries, leftOut }) =>
      `Migrations ran ${tries === 1 ? 'once' : `${tries} times`} more for the smallest scripts of ${counted(findings, 'finding')}.${leftOut === 0 ? '' : ` ${counted(leftOut, 'more finding')} ${leftOut === 1 ? 'has' : 'have'} none, because ${leftOut === 1 ? 'its migration is old' : 'their migrations are old'} or the tries are used up.`}`,
  },
  drilled: {
    kind: 'drill',
    say: ({ migrator, faults, survived, seed }) =>
      faults === 0
        ? 'The drill injected no fault.'
        : `The drill disturbed ${migrator} by ${counted(faults, 'fault')}, seed ${seed}: ${survivors(survived, faults)}.`,
  },
  'drilled-kind': {
    kind: 'drill',
    say: ({ kind, faults, survived }) =>
      `${kind} (${faultWords[kind]}): ${counted(faults, 'fault')}, ${survivors(survived, faults)}.`,
  },
  'drill-left-out': {
    kind: 'drill',
    say: ({ kind, reason }) => `${kind} (${faultWords[kind]}) was left out: ${reason}.`,
  },
  'drill-emulated': {
    kind: 'drill',
    say: ({ tool }) =>
      `rowproof stood in for ${tool}: it began and committed as that does, with a ledger of its own. --migrator-up drills the real one.`,
  },
  'not-drilled': {
    kind: 'drill',
    say: ({ migrations }) =>
      `${cut(migrations, 5)} ${isOrAre(migrations.length)} not drilled: without any fault, ${migrations.length === 1 ? 'it fails' : 'they fail'}, or a migration before. \`rowproof check\` tells why.`,
  },
  since: {
    kind: 'since',
    say: ({ version, migration }) =>
      `Applied migrations cannot be changed. --since-git main judges only those that the commit main lacks, --since ${version} only those after ${migration}.`,
  },
  'ledger-left-alone': { kind: 'seed', say: ({ message }) => `The file has no ledger of rowproof: ${message}` },
};

/** A note as reports print it: in words, with the facts beside them. */
export function describeNote(note: Note): ReportNote {
  const { code, dataset } = note;
  const text = dataset === undefined ? noteText(note) : `${dataset}: ${noteText(note)}`;
  return { kind: words[code].kind, text, ...note };
}

/** The words of a note, without its dataset. */
export function noteText<C extends NoteCode>({ code, facts }: NoteOf<C>): string {
  return words[code].say(facts);
}

/** `survived`, `all survived`, `3 survived`, `none survived`. */
function survivors(survived: number, faults: number): string {
  if (survived < faults) return survived === 0 ? 'none survived' : `${survived} survived`;
  return faults === 1 ? 'survived' : 'all survived';
}

/** The first few names of a list, and how many more there are. */
function cut(names: readonly string[], limit: number, noun = ''): string {
  const shown = names.slice(0, limit).join(', ');
  return names.length > limit ? `${shown} and ${names.length - limit} more${noun}` : shown;
}

function isOrAre(count: number): string {
  return count === 1 ? 'is' : 'are';
}

/** The rows that the datasets continue with: given rows where they still fit, and new generated rows. */
function describeRestart(datasets: readonly DatasetName[]): string {
  const given = datasets.filter((name) => name === 'fixture' || name === 'profile');
  if (given.length === 0) return 'with new rows';
  const kept = 'with the rows that fit its schema';
  return given.length === datasets.length ? kept : `${listed(given)} ${kept}, the others with new ones`;
}
