type Pair = readonly [string, string];

/** Given and family names of people who do not exist. */
export const people: readonly [Pair, ...Pair[]] = [
  ['Ada', 'Moss'],
  ['Noor', 'Haddad'],
  ['Ivo', 'Lindqvist'],
  ['Mara', 'Okafor'],
  ['Tomas', 'Vega'],
  ['Lin', 'Zhao'],
  ['Elsa', 'Brandt'],
  ['Kofi', 'Mensah'],
];

/** Any of these before any of the nouns makes a title, a slug or a user name. */
export const adjectives = ['quiet', 'amber', 'northern', 'silver', 'early', 'open', 'bright', 'plain'] as const;
export const nouns = ['harbour', 'garden', 'meadow', 'bridge', 'lantern', 'river', 'orchard', 'signal'] as const;

/** Sentences for descriptions, notes and messages. */
export const sentences = [
  'The delivery came on time and was complete.',
  'Checked twice; nothing was missing.',
  'Please call before you come by.',
  'Works as described, no further questions.',
  'To be looked at again next month.',
  'The second page is the one that matters.',
] as const;
