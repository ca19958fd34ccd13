/** The cost of a statement over the rows of its tables: the measured points, and the line that equal work for each row would give. */

const graph = { width: 220, height: 96, left: 6, bottom: 18 };

/** @param {NonNullable<FindingData['growth']>} growth */
function makeGrowth({ rows, steps, exponent, withIndex }) {
  const [mostRows, mostSteps] = [Math.max(1, ...rows), Math.max(1, ...steps)];
  const x = (/** @type {number} */ count) => graph.left + (count / mostRows) * (graph.width - 2 * graph.left);
  const y = (/** @type {number} */ count) => graph.height - graph.bottom - (count / mostSteps) * (graph.height - 26);
  const at = (/** @type {number} */ i) => `${x(rows[i] ?? 0).toFixed(1)} ${y(steps[i] ?? 0).toFixed(1)}`;
  const linear = ((steps[0] ?? 0) / (rows[0] ?? 1)) * mostRows;
  const told = rows.map((count, i) => `${steps[i]} instructions for ${count} rows`).join(', ');
  const picture = draw(
    'svg',
    { viewBox: `0 0 ${graph.width} ${graph.height}`, role: 'img', 'aria-label': `Work over rows: ${told}` },
    draw('path', { d: `M${x(0)} ${y(0)}H${x(mostRows)}`, class: 'axis' }),
    draw('path', { d: `M${x(0)} ${y(0)}L${x(mostRows)} ${y(linear).toFixed(1)}`, class: 'linear' }),
    draw('path', { d: `M${rows.map((_, i) => at(i)).join('L')}`, class: 'series series-1' }),
    ...rows.map((_, i) => draw('circle', { cx: at(i).split(' ')[0] ?? '', cy: at(i).split(' ')[1] ?? '', r: 2.5 })),
    ...rows.map((count, i) =>
      draw(
        'text',
        { x: x(count), y: graph.height - 5, 'text-anchor': i === rows.length - 1 ? 'end' : 'middle' },
        String(count),
      ),
    ),
  );
  const index = withIndex === null ? '' : `, and with the index by the power ${withIndex.toFixed(2)}`;
  return make(
    'figure',
    { class: 'growth' },
    make(
      'figcaption',
      {},
      `Instructions of SQLite over the rows of each table: they grow by the power ${exponent.toFixed(2)}${index}. The dashed line is the same work for each row.`,
    ),
    picture,
  );
}
