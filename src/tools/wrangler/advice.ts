/** How foreign keys are kept from acting while a table is rebuilt. */
export function keysOff(): string {
  return 'D1 has nothing that switches foreign keys off: copy the child rows into a table of their own, rebuild, and put them back, all in this file.';
}

/** How one transaction goes round the whole of a migration. */
export const oneTransaction = 'D1 puts one transaction round each file, so a file that fails leaves nothing.';
