import { sameName } from '../../sql/quote.ts';
import { applyEdits, insertAfter, insertBefore } from '../migration-text.ts';
import { nameIn } from '../names.ts';
import type { Recipe } from '../recipe.ts';

/** Views and triggers that read a changed table are dropped first, and made again at the end from their old texts. */
export const viewsAgain: Recipe = {
  causes: ['object-broken', 'fails-on-rows', 'fails-on-empty'],
  write: ({ finding, file, before }) => {
    if (finding.code !== 'object-broken') return null;
    const names = finding.facts.objects
      .filter(({ type }) => type === 'view' || type === 'trigger')
      .map(({ name }) => name);
    const broken = before.objects.filter(
      ({ name, type }) => (type === 'view' || type === 'trigger') && names.some((each) => sameName(each, name)),
    );
    const [first, last] = [
      file.statements[0],
      file.statements.findLast(({ head }) => head.verb !== 'pragma' && head.verb !== 'commit'),
    ];
    if (broken.length === 0 || first === undefined || last === undefined) return null;
    const drops = broken.map(({ type, name }) => `DROP ${type.toUpperCase()} ${nameIn(file, name)}`);
    return applyEdits(file.text, [
      insertBefore(file, first, drops),
      insertAfter(
        file,
        last,
        broken.flatMap(({ sql }) => sql ?? []),
      ),
    ]);
  },
  declares: () => 'Views and triggers are made again from their old texts.',
};

/** Views and triggers that cannot work any more go with what they are about. */
export const objectsGone: Recipe = {
  causes: ['object-broken'],
  write: ({ finding, file, before }) => {
    if (finding.code !== 'object-broken') return null;
    const broken = before.objects.filter(
      ({ name, type }) => type === 'trigger' && finding.facts.objects.some((each) => sameName(each.name, name)),
    );
    const [first] = file.statements;
    if (broken.length === 0 || first === undefined) return null;
    return applyEdits(file.text, [
      insertBefore(
        file,
        first,
        broken.map(({ name }) => `DROP TRIGGER ${nameIn(file, name)}`),
      ),
    ]);
  },
  declares: () => 'The triggers that write to what goes are dropped with it.',
};
