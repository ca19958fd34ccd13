/** The numbers of rows over the history: a small drawing for each table, all over the same migrations. */

/** @typedef {PictureData['rows'][number]} Series */

const chart = { width: 180, height: 44 };

/**
 * The drawings, made when they are opened.
 * @param {PictureData} picture
 */
function makeCounts({ rows }) {
  const tables = Map.groupBy(rows, ({ table }) => table);
  const shown = [...tables].sort(([, a], [, b]) => Number(losesRows(b)) - Number(losesRows(a)));
  const grid = make('div', { class: 'multiples' });
  const details = make(
    'details',
    { class: 'more' },
    make('summary', {}, `${counted(shown.length, 'table')}, those that lose rows first`),
    grid,
  );
  const complete = () => {
    if (grid.childElementCount === 0) grid.append(...shown.map(([table, series]) => makeChart(textAt(table), series)));
  };
  details.addEventListener('toggle', complete);
  if (shown.length > 0 && shown.length <= 60) {
    complete();
    details.open = true;
  }
  const key = page.datasets
    .filter((_, at) => rows.some(({ dataset }) => dataset === at))
    .map((name) => make('li', {}, makeSwatch(page.datasets.indexOf(name)), ` ${name}`));
  return [
    make('h2', { id: 'counts-title' }, 'Rows over the history'),
    make('ul', { class: 'key', 'aria-label': 'Lines' }, ...key),
    details,
  ];
}

/** @param {number} dataset */
function makeSwatch(dataset) {
  const line = draw('line', { x1: 0, x2: 22, y1: 5, y2: 5, class: `series series-${dataset}` });
  return draw('svg', { width: 22, height: 10, 'aria-hidden': 'true' }, line);
}

/**
 * Whether a migration leaves fewer rows than it met.
 * @param {readonly Series[]} series
 */
function losesRows(series) {
  return series.some(({ points }) => points.some(([, before, after]) => (before ?? 0) > (after ?? 0)));
}

/**
 * @param {string} table
 * @param {readonly Series[]} series
 */
function makeChart(table, series) {
  const numbers = series.flatMap(({ points }) => points.flatMap(([, before, after]) => [before ?? 0, after ?? 0]));
  const most = Math.max(1, ...numbers);
  const last = Math.max(1, page.lines.length);
  const x = (/** @type {number} */ position) => ((position * (chart.width - 4)) / last + 2).toFixed(1);
  // A root keeps one row visible beside a thousand.
  const y = (/** @type {number} */ count) =>
    (chart.height - 3 - Math.sqrt(count / most) * (chart.height - 8)).toFixed(1);
  const lines = series.map(({ dataset, points }) => {
    const path = points.map(([position, before, after], i) => {
      const start = i === 0 ? `M${x(position - 1)} ${y(before ?? 0)}` : `H${x(position - 1)}V${y(before ?? 0)}`;
      return `${start}L${x(position)} ${y(after ?? 0)}`;
    });
    const isGone = points.at(-1)?.[2] === null;
    return draw('path', { d: `${path.join('')}${isGone ? '' : `H${x(last)}`}`, class: `series series-${dataset}` });
  });
  const told = series.map(({ dataset, points }) => `${page.datasets[dataset]} ${describePoints(points)}`).join('; ');
  const picture = draw(
    'svg',
    { viewBox: `0 0 ${chart.width} ${chart.height}`, role: 'img', 'aria-label': `Rows of ${table}: ${told}` },
    ...lines,
  );
  return make(
    'figure',
    { class: losesRows(series) ? 'loses' : null },
    make('figcaption', {}, `${table} `, make('span', { class: 'dim' }, `${losesRows(series) ? '▼ ' : ''}${most}`)),
    picture,
  );
}

/**
 * `0, 5, then 0 after 0005_users`.
 * @param {Series['points']} points
 */
function describePoints(points) {
  const told = points.slice(-4).map(([position, before, after]) => {
    const name = textAt(page.lines[position - 1]?.name);
    return `${before ?? 'no table'} before ${name}, ${after ?? 'no table'} after it`;
  });
  return `${points.length > told.length ? '… ' : ''}${told.join(', ')}`;
}
