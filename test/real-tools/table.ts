import type { Measured } from './measure.ts';

/** A tool with what it and rowproof made of a sample. */
export type Row = Measured & { readonly name: string; readonly sample: string };

/** The rows as a table in Markdown. */
export function renderTable(rows: readonly Row[]): string {
  return [
    '| who runs it | sample | the tool leaves | rowproof says |',
    '| --- | --- | --- | --- |',
    ...rows.map(({ name, sample, real, emulated }) => `| ${name} | ${sample} | ${real} | ${emulated} |`),
  ].join('\n');
}

/** Puts a table into its place in a document. @throws Error when there is no place of that name */
export function replacePart(document: string, name: string, table: string): string {
  const place = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!place.test(document)) throw new Error(`there is no place for ${name}`);
  return document.replace(place, (_all, open: string, close: string) => `${open}${table}\n${close}`);
}
