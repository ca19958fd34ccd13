import { ofValue } from '../of-value.ts';
import { each, ofTexts } from '../profile-rules.ts';

/** A document that is cut off. */
export const malformedJson = ofValue({
  rank: 3,
  roles: ['document'],
  of: ({ plain }) => (typeof plain === 'string' ? plain.slice(0, Math.max(1, plain.length - 1)) : '{"a":'),
  words: 'is not JSON',
  condition: 'NOT json_valid(?)',
  ruledOutBy: each((column) => ofTexts(column, ({ json }) => json !== null && json.valid === 1)),
});

/** A document without anything in it. */
export const emptyJson = ofValue({
  roles: ['document', 'written-document'],
  of: ({ plain }) => (typeof plain === 'string' && plain.trimStart().startsWith('[') ? '[]' : '{}'),
  words: 'is an empty document',
  condition: "? IN ('{}', '[]')",
});
