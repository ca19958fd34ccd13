import { expect, test } from 'vitest';
import { readAllowed } from '../../src/sql/forbidding-trigger.ts';

const trigger = (when: string, body = "SELECT RAISE(ABORT, 'no')"): string =>
  `CREATE TRIGGER g BEFORE UPDATE ON t ${when} BEGIN ${body}; END`;

test.each<[what: string, sql: string, allowed: readonly unknown[]]>([
  [
    'a list that NEW is not in',
    trigger("WHEN NEW.kind NOT IN ('a', 'b')"),
    [{ column: 'kind', condition: { kind: 'one-of', values: ['a', 'b'] } }],
  ],
  [
    'a bound of NEW in the body',
    trigger('', "SELECT RAISE(FAIL, 'no') WHERE NEW.size > 40"),
    [{ column: 'size', condition: { kind: 'number', comparison: '<=', number: 40 } }],
  ],
  [
    'two tests of which both must hold',
    trigger("WHEN NEW.kind = 'a' AND NEW.size > 40"),
    [{ column: 'kind', condition: { kind: 'none-of', values: ['a'] } }],
  ],
  ['what OLD holds', trigger('WHEN OLD.locked = 1'), []],
  ['what is ignored', trigger("WHEN NEW.kind = 'a'", 'SELECT RAISE(IGNORE)'), []],
  ['what another table holds', trigger('WHEN EXISTS (SELECT 1 FROM u WHERE u.kind = NEW.kind AND u.size > 4)'), []],
])('%s', (_, sql, allowed) => {
  expect(readAllowed(sql)).toEqual(allowed);
});
