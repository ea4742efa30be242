import words from './words.json';

export type Part =
  | 'name' | 'salutation' | 'title' | 'mobile' | 'landline' | 'email' | 'company'
  | 'province' | 'city' | 'address' | 'taxNumber' | 'bank' | 'bankAccount';
/** What can be told from a text that somebody has copied: a signature, a chat, billing details. */
export type Recognised = Readonly<Partial<Record<Part, string>>>;
type Parts = Partial<Record<Part, string>>;

/** Longer texts are not looked through. */
export const MOST_CHARACTERS = 2_000;

const HAN = '\\p{Script=Han}';
/** Of a word between blanks, commas and colons. */
const INSIDE = '[^\\s,;:]';
const BEGINS = '(?<![^\\s,;:/])';
const ENDS = '(?![^\\s,;:/])';
const any = (choices: readonly string[]) => `(?:${choices.join('|')})`;
const pattern = (...pieces: readonly string[]) => new RegExp(pieces.join(''), 'u');

const LABELLED = pattern(`^(${HAN}[${HAN},]{1,9})\\s*:\\s*(.+)$`);
const LABELS = new Map(Object.entries(words.labels as Readonly<Record<string, readonly Part[]>>));

const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/u;
const MOBILE = /(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4})(?!\d)/u;
const LANDLINE = pattern(
  '(?<![\\d-])(?<!\\d )(?:\\+?86[- ]?)?',
  '(\\(?0\\d{2,3}\\)?[- ]?\\d{3,4}[- ]?\\d{4}', `(?:[-${words.extension}]\\d{1,6})?`,
  '|400[- ]?\\d{3}[- ]?\\d{4})(?!\\d)',
);
/** The shape of a unified social credit code. */
const TAX_NUMBER = /(?<![0-9A-Z])([159ANY][0-9]{7}[0-9A-HJ-NPQRTUWXY]{10})(?![0-9A-Z])/u;
const BANK_ACCOUNT = /(?<![\d-])(\d{4}(?:[- ]?\d){8,26})(?![\d-])/u;
const BANK = pattern(`${INSIDE}*${words.bank}(?:[^\\s,;:\\d]*${any(words.branches)})?`);
const COMPANY = pattern(`${INSIDE}{2,40}${any(words.companies)}${ENDS}`);
const TITLE = pattern(`${BEGINS}[^\\s,;:/\\d]{0,8}${any(words.titles)}${ENDS}`);
const ADDRESS = pattern(
  `(?:${HAN}{2,8}${any(words.provinceEnds)})?(?:${HAN}{2,8}${words.cityEnd})?`,
  `${HAN}{2,10}${any(words.districtEnds)}${INSIDE}*${any(words.streetEnds)}${INSIDE}*`,
  `(?: ${INSIDE}*\\d+${any(words.houseEnds)}${INSIDE}*)*`,
);
const PLACE = pattern(
  `^(?:(?<province>${HAN}{2,6}?)${any(words.provinceEnds)})?`,
  `(?:(?<city>${HAN}{2,8}?)${words.cityEnd})?`,
);
const SALUTATION = pattern(`${BEGINS}(${HAN}{1,2})${any(words.salutations)}${ENDS}`);
const NAME = new RegExp(`${BEGINS}${HAN}{2,4}${ENDS}`, 'gu');

/** In this order: what is taken for one part is not read as another. */
const DIGITS: readonly (readonly [Part, RegExp])[] = [
  ['email', EMAIL], ['taxNumber', TAX_NUMBER], ['mobile', MOBILE], ['landline', LANDLINE],
  ['bankAccount', BANK_ACCOUNT],
];
const WORDS: readonly (readonly [Part, RegExp])[] = [
  ['bank', BANK], ['company', COMPANY], ['address', ADDRESS], ['title', TITLE],
];
const PATTERNS = new Map(DIGITS);

/** Full-width characters as the half-width ones that the patterns know. */
function plain(text: string): string {
  return text.slice(0, MOST_CHARACTERS).normalize('NFKC')
    .replace(/[;|\u3001]/gu, ',').replace(/[^\S\n]+/gu, ' ');
}

/** Of rare surnames nothing is guessed. */
function isSurnamed(word: string): boolean {
  return (words.compoundSurnames.some((surname) => word.startsWith(surname)) && word.length > 2)
    || (words.surnames.includes(word.charAt(0)) && word.length <= 3);
}

/** Takes what the pattern finds out of the text, unless the part is known. */
function take(parts: Parts, part: Part, what: RegExp, text: string): string {
  const found = parts[part] === undefined ? what.exec(text) : null;
  if (!found) return text;
  parts[part] = (found[1] ?? found[0]).trim();
  return text.replace(found[0], ' ');
}

function takeName(parts: Parts, text: string): void {
  const spoken = SALUTATION.exec(text);
  const surname = spoken?.[1] ?? '';
  if (words.compoundSurnames.includes(surname)
    || (surname.length === 1 && words.surnames.includes(surname))) {
    parts.salutation = spoken?.[0];
    parts.name ??= surname;
  }
  if (parts.name !== undefined) return;
  const name = [...text.matchAll(NAME)].map(([word]) => word).find(isSurnamed);
  if (name !== undefined) parts.name = name;
}

/** A labelled line gives its parts, each by its own pattern; the rest is the value itself. */
function takeLabelled(parts: Parts, wanted: readonly Part[], value: string): void {
  let rest = value;
  for (const part of [...wanted].reverse()) {
    const what = PATTERNS.get(part);
    if (what) rest = take(parts, part, what, rest);
    else parts[part] ??= rest.replace(/[ ,]+$/u, '').trim();
    // Any telephone may be called so.
    if (part === 'landline' && parts.landline === undefined) {
      rest = take(parts, 'mobile', MOBILE, rest);
    }
  }
}

function takePlace(parts: Parts): void {
  const found = PLACE.exec(parts.address ?? '')?.groups;
  const central = words.centralCities.find((city) => parts.address?.startsWith(city));
  const city = central ?? found?.city;
  const province = central ?? found?.province;
  if (province !== undefined) parts.province = province;
  if (city !== undefined) parts.city = city;
}

export function recognise(text: string): Recognised {
  const parts: Parts = {};
  const rest: string[] = [];
  for (const line of plain(text).split('\n')) {
    const [, label = '', value = ''] = LABELLED.exec(line.trim()) ?? [];
    const wanted = LABELS.get(label.replaceAll(',', ''));
    if (wanted) takeLabelled(parts, wanted, value);
    else rest.push(line.trim());
  }
  let left = rest.join('\n');
  for (const [part, what] of [...DIGITS, ...WORDS]) left = take(parts, part, what, left);
  takeName(parts, left);
  takePlace(parts);
  return parts;
}
