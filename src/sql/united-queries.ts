import { readWords } from './words.ts';

/**
 * Cuts a query into the SELECTs that UNION joins, each with the WITH of the whole.
 * https://sqlite.org/lang_select.html#compound_select_statements
 * @returns the texts after the first SELECT; none for a query of one, and none where EXCEPT or INTERSECT takes rows away.
 */
export function unitedQueries(query: string): string[] {
  const words = readWords(query).filter(({ text }) => text !== ';');
  const outside = words.filter(({ depth }) => depth === 0);
  if (outside.some(({ key }) => key === 'EXCEPT' || key === 'INTERSECT')) return [];
  const unions = words.flatMap(({ key, depth }, i) => (depth === 0 && key === 'UNION' ? [i] : []));
  const first = outside.find(({ key }) => key === 'SELECT' || key === 'VALUES');
  const common = query.slice(0, first?.start);
  return unions.flatMap((at, i) => {
    const begins = words[at + 1]?.key === 'ALL' ? at + 2 : at + 1;
    // ORDER BY and LIMIT are about the rows of all.
    const tail = words.findIndex(
      ({ key, depth }, j) => j > begins && depth === 0 && (key === 'ORDER' || key === 'LIMIT'),
    );
    const end = unions[i + 1] ?? (tail < 0 ? words.length : tail);
    const last = words[end - 1];
    return last === undefined ? [] : [common + query.slice(words[begins]?.start, last.end)];
  });
}
