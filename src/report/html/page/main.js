/** Puts the page together. */
{
  const list = makeList();
  const filters = makeFilters(list.show);
  const show = (/** @type {string} */ id, /** @type {readonly Child[]} */ children) =>
    element(id).append(...children.filter((child) => child !== null));

  if (page.lines.length > 0)
    show(
      'map',
      makeMap((migration, dataset) => {
        filters.choose(migration, dataset);
        element('findings').focus();
      }),
    );
  const title = make('h2', { id: 'findings-title' }, 'Findings');
  if (page.findings.length === 0) show('findings', [title, make('p', {}, 'There are none.')]);
  else {
    show('findings', [title, filters.form, ...list.parts]);
    list.show({ severities: new Set(severityNames), code: '', table: '', migration: '', dataset: '', words: [] });
  }
  if (page.picture !== null && page.picture.rows.length > 0) show('counts', makeCounts(page.picture));
  if (page.picture !== null && page.picture.tables.length > 0) show('schema', makeSchema(page.picture));
  if (page.notes.length > 0) {
    const notes = page.notes.map((note) => make('li', {}, textAt(note)));
    show('remarks', [make('h2', { id: 'remarks-title' }, 'Remarks'), make('ul', {}, ...notes)]);
  }
  for (const section of document.querySelectorAll('main > section'))
    if (section.childElementCount === 0) section.remove();
}
