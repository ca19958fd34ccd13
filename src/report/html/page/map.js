/** The map of the run: a row for each migration, a column for each dataset. */

/** @type {Readonly<Record<string, readonly [sign: string, name: string]>>} */
const outcomes = {
  c: ['✓', 'the same as on the empty database'],
  e: ['✗', 'error'],
  w: ['!', 'warning'],
  u: ['·', 'applied in production, not judged'],
  b: ['b', 'blocked'],
  s: ['s', 'skipped'],
  n: ['–', 'not run'],
};

/**
 * The table. A cell with findings is a button that calls `chosen`.
 * @param {(migration: string, dataset: string) => void} chosen
 */
function makeMap(chosen) {
  const found = new Set(page.findings.flatMap(({ migration, datasets }) => datasets.map((at) => `${migration} ${at}`)));
  const heads = page.datasets.map((name) => make('th', { scope: 'col' }, name));
  const rows = page.lines.map(({ name, marks }) => {
    const cells = [...marks].map((letter, at) => {
      const [sign = '', title = ''] = outcomes[letter] ?? [];
      const dataset = page.datasets[at] ?? '';
      if (!found.has(`${name} ${at}`)) return make('td', { class: `mark-${letter}`, title }, sign);
      const label = `${title}: show the findings of ${textAt(name)} on ${dataset}`;
      const button = make('button', { type: 'button', 'aria-label': label, title }, sign);
      button.dataset['migration'] = textAt(name);
      button.dataset['dataset'] = dataset;
      return make('td', { class: `mark-${letter}` }, button);
    });
    return make('tr', {}, make('th', { scope: 'row' }, textAt(name)), ...cells);
  });
  const table = make(
    'table',
    { class: 'map' },
    make('caption', { class: 'hidden' }, 'The outcome of each migration on each dataset'),
    make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, 'migration'), ...heads)),
    make('tbody', {}, ...rows),
  );
  table.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('button') : null;
    if (button !== null) chosen(button.dataset['migration'] ?? '', button.dataset['dataset'] ?? '');
  });
  const key = Object.entries(outcomes)
    .filter(([letter]) => page.lines.some(({ marks }) => marks.includes(letter)))
    .map(([letter, [sign, title]]) => make('li', {}, make('span', { class: `mark-${letter}` }, sign), ` ${title}`));
  return [
    make('h2', { id: 'map-title' }, 'Migrations and datasets'),
    make('ul', { class: 'key', 'aria-label': 'Signs' }, ...key),
    make('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-labelledby': 'map-title' }, table),
  ];
}
