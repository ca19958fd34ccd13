import { uuid } from '../../text/kinds/codes.ts';
import { json } from '../../text/kinds/documents.ts';
import { endsNamed, named } from '../../text/kinds/kind.ts';
import { email, slug, url } from '../../text/kinds/words.ts';
import { singular } from '../reading/names.ts';
import { declaredLength } from './affinity.ts';
import { digits, letters, ulids, uuids } from './codes.ts';
import type { KindRequest, ValueKind } from './kind.ts';
import { capital, formed, growing, listed, phrase, plain, small, spaced, type TextMaker } from './phrases.ts';
import { networkAddresses, phoneNumbers } from './reserved.ts';
import { constant, distinct, drawn, repeating, type Series, singles, type Write } from './series.ts';
import { shuffle } from './streams.ts';

type TextRule = readonly [names: RegExp, texts: TextMaker];

const [adjectives, nouns] = [plain('adjectives'), plain('nouns')];
const people = phrase(plain('given names'), plain('family names'), spaced);
const companies = phrase(plain('family names'), plain('family names'), (a, b, n) => spaced(`${a} and`, b, n));
const cities = growing(plain('cities'), capital('nouns'), spaced);
const titles = phrase(capital('adjectives'), nouns, spaced);

// The first rule whose names match decides, so that `password_hash` is a hash and `file_name` no person.
const rules: readonly TextRule[] = [
  [/(?:^|_)jsonb?$/, documents],
  [endsNamed('year_month'), months],
  [email.names, formed(small('given names'), small('family names'), email.of)],
  [url.names, located((place) => (a, b, n) => url.of(`${place}/${a}`, b, n))],
  [named('ulid'), ({ key }) => distinct(ulids(key))],
  [uuid.names, ({ key }) => distinct(uuids(key))],
  [named('password passwd pass pwd'), passwords],
  [named('md5 md5sum'), secrets(32)],
  [named('sha1 sha1sum oshash'), secrets(40)],
  [named('hash checksum digest fingerprint sha256 sha256sum signature etag'), secrets(64)],
  [endsNamed('token secret salt nonce apikey cookie ciphertext certificate'), secrets(32)],
  [/._key$/, secrets(32)],
  [json.names, documents],
  [endsNamed('user_agent'), listed('user agents')],
  [endsNamed('mime mimetype mime_type content_type media_type'), listed('media types')],
  [endsNamed('file filename file_name basename'), formed(adjectives, nouns, (a, b, n) => `${a}-${b}${n}.pdf`)],
  [endsNamed('path dir directory folder file_path'), located((place) => (a, b, n) => `${place}/${a}-${b}${n}.pdf`)],
  [endsNamed('ext extension'), listed('extensions')],
  [endsNamed('ip ip_address remote_addr'), ({ key }) => networkAddresses(key)],
  [endsNamed('host hostname domain server'), formed(adjectives, nouns, (a, b, n) => `${a}-${b}${n}.example.org`)],
  [endsNamed('phone telephone mobile fax phone_number'), ({ key }) => phoneNumbers(key)],
  [slug.names, phrase(adjectives, nouns, slug.of)],
  [
    endsNamed('username user_name login nickname nick screen_name'),
    phrase(adjectives, nouns, (a, b, n) => `${a}_${b}${n}`),
  ],
  [endsNamed('first_name firstname given_name forename'), growing(plain('given names'), plain('given names'), spaced)],
  [
    endsNamed('last_name lastname surname family_name'),
    growing(plain('family names'), plain('family names'), (a, b, n) => `${a}-${b}${n}`),
  ],
  [endsNamed('full_name fullname author owner contact person holder by'), people],
  [endsNamed('company company_name organization organisation employer vendor supplier manufacturer'), companies],
  [endsNamed('job job_title occupation profession'), listed('job titles')],
  [endsNamed('department'), listed('departments')],
  [endsNamed('language lang locale language_code'), listed('languages')],
  [endsNamed('timezone time_zone tz'), listed('time zones')],
  [endsNamed('country_code'), listed('country codes')],
  [endsNamed('country nationality'), countries],
  [endsNamed('currency currency_code'), listed('currencies')],
  [endsNamed('city town'), cities],
  [endsNamed('street address'), streets],
  [endsNamed('zip zip_code postcode postal_code'), postcodes],
  [endsNamed('color colour'), ({ key }) => prefixed('#', digits(key, 6))],
  [endsNamed('icon emoji'), () => constant('star')],
  [endsNamed('version app_version'), versions],
  [
    endsNamed(
      'description desc details body content contents text comment comments note notes summary message bio about ' +
        'reason remark remarks transcript synopsis',
    ),
    growing(plain('sentences'), plain('sentences'), (a, b, n) => spaced(a, b, n && `(${n})`)),
  ],
  [endsNamed('title subject headline label caption heading topic'), titles],
  [endsNamed('name display_name displayname'), ofTable],
  [endsNamed('id'), identifiers],
  [endsNamed('code serial sku number no ref reference badge'), codes],
];

const others = phrase(adjectives, nouns, spaced);

/** Words for columns whose values come from a short list that nothing tells. */
const constants: readonly (readonly [RegExp, string])[] = [
  [endsNamed('status'), 'active'],
  [endsNamed('state'), 'open'],
  [endsNamed('kind type'), 'standard'],
  [endsNamed('role'), 'member'],
  [endsNamed('mode'), 'default'],
  [endsNamed('level severity priority'), 'normal'],
  [endsNamed('visibility'), 'public'],
  [endsNamed('category section'), 'general'],
  [endsNamed('action event'), 'created'],
  [endsNamed('source provider'), 'internal'],
  [endsNamed('format encoding'), 'plain'],
  [endsNamed('plan tier stage phase'), 'basic'],
  [endsNamed('channel'), 'email'],
  [endsNamed('gender sex'), 'other'],
  [endsNamed('method'), 'GET'],
  [endsNamed('scope scopes'), 'read'],
  [endsNamed('unit'), 'piece'],
  [/^key$/, 'theme'],
];

/** Texts by the names of their columns; where these tell nothing, two words. */
export const plainTextKinds: readonly ValueKind[] = [
  ...rules.map(([names, series]) => kindOfText(names, true, series)),
  ...constants.map(([names, word]) => kindOfText(names, false, ({ type }) => constant(within(word, type)))),
  kindOfText(null, false, others),
];

function kindOfText(names: RegExp | null, evident: boolean, series: TextMaker): ValueKind {
  return { names, contents: ['text', 'anything'], evident, series };
}

/** Whether a name is one whose values come from a short list: the schema or the history may tell which. */
export function isEnumerationName(name: string): boolean {
  return constants.some(([names]) => names.test(name));
}

/** SQLite does not hold a text to its declared length, but the application does. */
function within(word: string, type: string): string {
  return word.slice(0, declaredLength(type) || word.length);
}

/** Hashes and tokens; a shorter declared length tells theirs. */
function secrets(usual: number): TextMaker {
  return ({ key, type }) => distinct(digits(key, Math.min(declaredLength(type) || usual, usual)));
}

/** Texts that say of which table they are: rows of different tables do not lie at one place. */
function located(write: (place: string) => Write): TextMaker {
  return (request) => formed(adjectives, nouns, write(request.table.join('-') || 'files'))(request);
}

/** bcrypt, whose parameters stand at the beginning. https://en.wikipedia.org/wiki/Bcrypt#Description */
function passwords({ key }: KindRequest): Series<string> {
  return prefixed('$2b$12$', digits(key, 53));
}

/** `user_k3f9tx` for a column `id` of `users` and for a column `user_id`; the declared length may tell another form. */
function identifiers({ name, table, type, key }: KindRequest): Series<string> {
  const length = declaredLength(type);
  if (length === 36 || /UUID|GUID/i.test(type)) return distinct(uuids(key));
  if (length === 26) return distinct(ulids(key));
  const words = name === 'id' ? table : name.split('_').slice(0, -1);
  const stem = `${words.map(singular).join('_') || 'id'}_`;
  if (length === null || length >= stem.length + 6) return distinct(letters(key, 6, stem));
  return distinct(letters(key, Math.max(length, 1)));
}

const tableRules: readonly (readonly [words: string, texts: TextMaker])[] = [
  ['user person member author customer employee contact account student patient performer driver player guest', people],
  ['company organization organisation publisher vendor supplier employer manufacturer', companies],
  ['city town', cities],
  ['country', listed('countries')],
  ['department', listed('departments')],
];

/** Names of what a table holds. */
function ofTable(request: KindRequest): Series<string> {
  const noun = singular(request.table.at(-1) ?? '');
  const texts = tableRules.find(([words]) => words.split(' ').includes(noun))?.[1] ?? titles;
  return texts(request);
}

function countries(request: KindRequest): Series<string> {
  return (declaredLength(request.type) === 2 ? listed('country codes') : listed('countries'))(request);
}

/** `BD-1234`: two letters that are the column's own, and a number. */
function codes({ key, type }: KindRequest): Series<string> {
  const length = declaredLength(type) || codeLength;
  if (length >= codeLength) return prefixed(`${initials(key)}-`, numbers(key));
  const at = letters(key, length);
  return distinct((index) => at(index).toUpperCase());
}

const codeLength = 'BD-1234'.length;

/** `1234 BD`. */
function postcodes({ key, type }: KindRequest): Series<string> {
  const number = numbers(key);
  const length = declaredLength(type) || codeLength;
  const end = length >= codeLength ? ` ${initials(key)}` : '';
  return distinct((index) => `${number(index)}${end}`);
}

function initials(key: number): string {
  return letters(key, 2)(0).toUpperCase();
}

/** 8,192 numbers of four digits, then larger ones. */
function numbers(key: number): (index: number) => string {
  const place = shuffle(key, 13);
  return (index) => String(1000 + place(index) + (index >>> 13) * 8192);
}

/** `12 Mill Lane`: one number of every street, then the next. */
function streets({ key, vocabulary }: KindRequest): Series<string> {
  const streets = vocabulary.words('streets');
  const place = shuffle(key, 6);
  const first = 1 + (key % 90);
  return distinct((index) => `${first + (index >>> 6)} ${streets[place(index)]}`);
}

/** From 1.0.0 on. */
function versions(): Series<string> {
  return distinct((index) => `${1 + Math.floor(index / 100)}.${Math.floor(index / 10) % 10}.${index % 10}`);
}

/** The months of the last two years. */
function months({ key }: KindRequest): Series<string> {
  const month = (index: number, year: number): string =>
    `${year + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
  const recent = Array.from({ length: 24 }, (_, index) => month(index, 2024));
  return repeating(drawn(key, recent).at, (index) => month(index, 1970));
}

const lists = /(?:list|tags|ids|kinds|items|scopes|roles|permissions|urls|names|values|aliases|labels)(?:_jsonb?)?$/;

/** JSON, an array where the name is that of many. The words need no escapes. */
function documents(request: KindRequest): Series<string> {
  if (!lists.test(request.name)) return formed(adjectives, nouns, (a, b, n) => `{"note":"${a} ${b}${n}"}`)(request);
  const words = nouns(request.vocabulary);
  return distinct(
    singles(
      request.order,
      words,
      words,
      (a) => `["${a}"]`,
      (a, b, n) => `["${a}","${b}${n}"]`,
    ),
  );
}

function prefixed(prefix: string, at: (index: number) => string): Series<string> {
  return distinct((index) => prefix + at(index));
}
