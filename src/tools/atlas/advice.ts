/** How foreign keys are kept from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'Atlas switches foreign keys off by itself, before it begins.';
}
