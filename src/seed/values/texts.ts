import { singular } from '../reading/names.ts';
import { declaredLength } from './affinity.ts';
import type { Draw } from './draw.ts';
import { jsonDocument } from './json.ts';
import { adjectives, nouns, people, sentences } from './vocabulary.ts';

/** What a text is asked for. */
export interface TextRequest {
  /** The words of the column's name, joined by `_`. */
  readonly name: string;
  /** The words of the table's name. */
  readonly table: readonly string[];
  /** The declared type. */
  readonly type: string;
  readonly draw: Draw;
}

type TextRule = readonly [names: RegExp, text: (request: TextRequest) => string];

const hexadecimal = '0123456789abcdef';
const consonants = 'bcdfghjkmnpqrstvwxz';

/** A pattern for names, their words joined by `_`, that have one of `list` anywhere. */
function has(list: string): RegExp {
  return new RegExp(`(?:^|_)(?:${list.replaceAll(' ', '|')})(?:_|$)`);
}

/** The same for names that end with one of `list`. */
function ends(list: string): RegExp {
  return new RegExp(`(?:^|_)(?:${list.replaceAll(' ', '|')})$`);
}

// The first rule whose names match decides, so that `password_hash` is a hash and `file_name` no person.
const rules: readonly TextRule[] = [
  [ends('json jsonb'), document],
  [ends('year_month'), () => '2025-03'],
  [has('email emails mail'), ({ draw }) => `${draw.pick(people)[0].toLowerCase()}.${draw.pick(nouns)}@example.org`],
  [ends('url urls uri href link website homepage webhook endpoint callback redirect'), url],
  [has('uuid guid ulid'), uuid],
  [has('password passwd pass pwd'), ({ draw }) => `$2b$12$${draw.text(53, `${hexadecimal}ABCDEFGH`)}`],
  [has('md5'), ({ draw }) => draw.text(32, hexadecimal)],
  [has('sha1 oshash'), ({ draw }) => draw.text(40, hexadecimal)],
  [has('hash checksum digest fingerprint sha256 signature etag'), ({ draw }) => draw.text(64, hexadecimal)],
  [ends('token secret salt nonce apikey cookie ciphertext certificate'), ({ draw }) => draw.text(32, hexadecimal)],
  [ends('api_key public_key private_key access_key'), ({ draw }) => draw.text(32, hexadecimal)],
  [
    ends(
      'payload metadata meta config configuration settings options preferences params parameters properties ' +
        'attributes context headers extra',
    ),
    document,
  ],
  [ends('user_agent'), () => 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0'],
  [ends('mime mimetype mime_type content_type media_type'), () => 'text/plain'],
  [ends('file filename file_name basename'), ({ draw }) => `${draw.pick(nouns)}.pdf`],
  [ends('path dir directory folder file_path'), ({ draw }) => `${draw.pick(adjectives)}/${draw.pick(nouns)}.pdf`],
  [ends('ext extension'), () => 'pdf'],
  [ends('ip ip_address remote_addr'), ({ draw }) => `192.0.2.${draw.integer(1, 254)}`],
  [ends('host hostname domain server'), ({ draw }) => `${draw.pick(nouns)}.example.org`],
  [ends('phone telephone mobile fax phone_number'), ({ draw }) => `+44 20 7946 0${draw.integer(100, 999)}`],
  [ends('slug handle permalink'), ({ draw }) => `${draw.pick(adjectives)}-${draw.pick(nouns)}`],
  [
    ends('username user_name login nickname nick screen_name'),
    ({ draw }) => `${draw.pick(adjectives)}_${draw.pick(nouns)}`,
  ],
  [ends('first_name firstname given_name forename'), ({ draw }) => draw.pick(people)[0]],
  [ends('last_name lastname surname family_name'), ({ draw }) => draw.pick(people)[1]],
  [ends('full_name fullname author owner contact person holder by'), person],
  [ends('language lang locale language_code'), () => 'en'],
  [ends('timezone time_zone tz'), () => 'Europe/Amsterdam'],
  [ends('country country_code nationality'), () => 'NL'],
  [ends('currency currency_code'), () => 'EUR'],
  [ends('city town'), ({ draw }) => draw.pick(['Utrecht', 'Lisbon', 'Leeds', 'Turku', 'Graz', 'Porto'])],
  [ends('street address'), ({ draw }) => `${draw.integer(1, 99)} ${capital(draw.pick(nouns))} Street`],
  [ends('zip zip_code postcode postal_code'), ({ draw }) => `${draw.integer(1000, 9999)} AB`],
  [ends('color colour'), ({ draw }) => `#${draw.text(6, hexadecimal)}`],
  [ends('icon emoji'), () => 'star'],
  [ends('version app_version'), ({ draw }) => `1.${draw.integer(0, 9)}.0`],
  [
    ends(
      'description desc details body content contents text comment comments note notes summary message bio about ' +
        'reason remark remarks transcript synopsis',
    ),
    ({ draw }) => draw.pick(sentences),
  ],
  [
    ends('title subject headline label caption heading topic'),
    ({ draw }) => `${capital(draw.pick(adjectives))} ${draw.pick(nouns)}`,
  ],
  [ends('name display_name displayname'), name],
  [ends('id'), identifier],
  [
    ends('code serial sku number no ref reference badge'),
    ({ draw }) => `${draw.text(2, consonants.toUpperCase())}-${draw.integer(1000, 9999)}`,
  ],
];

/** A text that a column of this name could hold, and whether the name told it. */
export function believableText(request: TextRequest): { text: string; evident: boolean } {
  const constant = constants.find(([names]) => names.test(request.name))?.[1];
  const rule = rules.find(([names]) => names.test(request.name))?.[1];
  const text = rule?.(request) ?? constant ?? `${request.draw.pick(adjectives)} ${request.draw.pick(nouns)}`;
  return { text: cut(text, declaredLength(request.type)), evident: rule !== undefined };
}

/** Whether a name is one whose values come from a short list: the schema or the history may tell which. */
export function isEnumerationName(name: string): boolean {
  return constants.some(([names]) => names.test(name));
}

/** Words for columns whose values come from a short list that nothing tells. */
const constants: readonly (readonly [RegExp, string])[] = [
  [ends('status'), 'active'],
  [ends('state'), 'open'],
  [ends('kind type'), 'standard'],
  [ends('role'), 'member'],
  [ends('mode'), 'default'],
  [ends('level severity priority'), 'normal'],
  [ends('visibility'), 'public'],
  [ends('category section'), 'general'],
  [ends('action event'), 'created'],
  [ends('source provider'), 'internal'],
  [ends('format encoding'), 'plain'],
  [ends('plan tier stage phase'), 'basic'],
  [ends('channel'), 'email'],
  [ends('gender sex'), 'other'],
  [ends('method'), 'GET'],
  [ends('scope scopes'), 'read'],
  [ends('unit'), 'piece'],
  [ends('key'), 'theme'],
];

function url({ draw }: TextRequest): string {
  return `https://example.org/${draw.pick(adjectives)}-${draw.pick(nouns)}`;
}

/** A version 4 UUID. https://www.rfc-editor.org/rfc/rfc9562#section-5.4 */
function uuid({ draw }: TextRequest): string {
  const hex = (length: number): string => draw.text(length, hexadecimal);
  return `${hex(8)}-${hex(4)}-4${hex(3)}-${draw.pick(['8', '9', 'a', 'b'])}${hex(3)}-${hex(12)}`;
}

/** `user_k3f9tx` for a column `id` of `users` and a column `user_id` alike; a UUID where 36 characters are declared. */
function identifier(request: TextRequest): string {
  if (declaredLength(request.type) === 36 || /UUID|GUID/i.test(request.type)) return uuid(request);
  const stem = request.name === 'id' ? request.table : request.name.split('_').slice(0, -1);
  return `${stem.map(singular).join('_') || 'id'}_${request.draw.text(6, consonants)}`;
}

function person({ draw }: TextRequest): string {
  return draw.pick(people).join(' ');
}

const peopleWords: ReadonlySet<string> = new Set(
  'user person member author customer employee contact account student patient performer driver player guest'.split(
    ' ',
  ),
);

function name(request: TextRequest): string {
  if (peopleWords.has(singular(request.table.at(-1) ?? ''))) return person(request);
  return `${capital(request.draw.pick(adjectives))} ${request.draw.pick(nouns)}`;
}

const lists = /(?:list|tags|ids|kinds|items|scopes|roles|permissions|urls|names|values|aliases|labels)(?:_jsonb?)?$/;

function document({ name: column, draw }: TextRequest): string {
  return jsonDocument({ shape: lists.test(column) ? 'array' : 'object', word: draw.pick(nouns) });
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** SQLite does not hold a text to its declared length, but the application does. Half a document would be none. */
function cut(text: string, length: number | null): string {
  return length === null || length < 1 || /^[[{]/.test(text) ? text : text.slice(0, length);
}
