/** Words of SQL that other databases know and SQLite does not, each the mark of a text that was written for one of them. */
const foreignSql = new RegExp(
  [
    'create\\s+extension\\b',
    'create\\s+(?:or\\s+replace\\s+)?function\\b',
    'create\\s+type\\s+\\S+\\s+as\\s+enum\\b',
    '\\balter\\s+column\\s+\\S+\\s+(?:set|drop|type)\\b',
    '\\bbigserial\\b',
    '\\bserial\\s+(?:not\\s+null\\s+)?primary\\s+key\\b',
    '\\btimestamptz\\b',
    '\\btimestamp\\s+with\\s+time\\s+zone\\b',
    '\\busing\\s+(?:btree|gin|gist|hash)\\b',
    '\\brow\\s+level\\s+security\\b',
    "[\\w')]::[a-z]",
    '\\bauto_increment\\b',
    '\\)\\s*engine\\s*=\\s*\\w+',
  ].join('|'),
  'i',
);

/** Whether a text has words of SQL that other databases know and SQLite does not, outside of comments and strings. */
export function hasOtherDialect(sql: string): boolean {
  return foreignSql.test(withoutTexts(sql));
}

/** The SQL without its comments, and with strings that hold nothing. */
function withoutTexts(sql: string): string {
  return sql.replaceAll(/--.*$|\/\*[\s\S]*?\*\/|'[^']*'/gm, (text) => (text.startsWith("'") ? "''" : ' '));
}
