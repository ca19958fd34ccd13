/**
 * The choice of findings: by severity, code, table, migration and dataset, and by words.
 * @typedef {{ severities: Set<string>, code: string, table: string, migration: string, dataset: string, words: string[] }} Choice
 */

const severityNames = ['error', 'warning', 'note'];

/**
 * The form of the filters. It calls `changed` with the choice whenever that changes.
 * @param {(choice: Choice) => void} changed
 */
function makeFilters(changed) {
  const severities = severityNames.map((severity) => {
    const count = page.findings.filter((finding) => finding.severity === severity).length;
    const box = make('input', { type: 'checkbox', name: 'severity', value: severity, checked: true });
    return { box, label: make('label', { class: severity }, box, ` ${counted(count, severity)}`) };
  });
  const code = makeSelect('Code', new Set(page.findings.map((finding) => finding.code)));
  const table = makeSelect('Table', new Set(page.findings.map((finding) => textAt(finding.table))));
  const migration = makeSelect('Migration', new Set(page.findings.map((finding) => textAt(finding.migration))), false);
  const dataset = makeSelect('Dataset', new Set(page.datasets), false);
  const words = make('input', { type: 'search', name: 'words', autocomplete: 'off', spellcheck: 'false' });
  const form = make(
    'form',
    { role: 'search', 'aria-label': 'Filter the findings', class: 'filters' },
    make('fieldset', {}, make('legend', {}, 'Severity'), ...severities.map(({ label }) => label)),
    ...[code, table, migration, dataset].map(({ label }) => label),
    make('label', {}, 'Words ', words),
    make('button', { type: 'reset' }, 'Show all'),
  );
  const tell = () =>
    changed({
      severities: new Set(severities.filter(({ box }) => box.checked).map(({ box }) => box.value)),
      code: code.select.value,
      table: table.select.value,
      migration: migration.select.value,
      dataset: dataset.select.value,
      words: words.value.toLowerCase().split(/\s+/).filter(Boolean),
    });
  form.addEventListener('input', tell);
  form.addEventListener('submit', (event) => event.preventDefault());
  // The form is reset after its event.
  form.addEventListener('reset', () => setTimeout(tell));
  return {
    form,
    /**
     * Chooses the findings of a cell of the map.
     * @param {string} ofMigration
     * @param {string} onDataset
     */
    choose: (ofMigration, onDataset) => {
      form.reset();
      migration.select.value = ofMigration;
      dataset.select.value = onDataset;
      tell();
    },
  };
}

/**
 * A list of values to choose from, and a first entry for all.
 * @param {string} title
 * @param {ReadonlySet<string>} values
 */
function makeSelect(title, values, sorted = true) {
  const listed = [...values].filter((value) => value !== '');
  if (sorted) listed.sort((a, b) => (a < b ? -1 : 1));
  const options = listed.map((value) => make('option', { value }, value));
  const select = make('select', { name: title.toLowerCase() }, make('option', { value: '' }, 'all'), ...options);
  return { select, label: make('label', {}, `${title} `, select) };
}

/**
 * Whether a finding is among the chosen.
 * @param {FindingData} finding
 * @param {Choice} choice
 */
function isChosen(finding, choice) {
  const { code, table, migration, dataset, words } = choice;
  return (
    choice.severities.has(finding.severity) &&
    (code === '' || finding.code === code) &&
    (table === '' || textAt(finding.table) === table) &&
    (migration === '' || textAt(finding.migration) === migration) &&
    (dataset === '' || finding.datasets.includes(page.datasets.indexOf(dataset))) &&
    words.every((word) => searched(finding).includes(word))
  );
}

/** @type {Map<FindingData, string>} */
const searchable = new Map();

/**
 * The text that words are looked for in.
 * @param {FindingData} finding
 */
function searched(finding) {
  const known = searchable.get(finding);
  if (known !== undefined) return known;
  const { migration, title, message, table, place } = finding;
  const texts = [migration, title, message, table, place].map(textAt);
  const text = [finding.code, finding.cause, ...texts].join(' ').toLowerCase();
  searchable.set(finding, text);
  return text;
}
