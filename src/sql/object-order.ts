import type { SchemaObject } from '../model/schema.ts';

/** The order of a schema's objects: by type and name, and by code units, which no locale changes. */
export function compareObjects(a: SchemaObject, b: SchemaObject): number {
  return compareTexts(a.type, b.type) || compareTexts(a.name, b.name);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
