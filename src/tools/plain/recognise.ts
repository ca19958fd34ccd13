/** Any folder that no tool claims: numbered files with an unknown runner. */
export function recognise(): string {
  return 'numbered files';
}
