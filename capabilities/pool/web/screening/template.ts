import { asText } from '@/fields/widget';
import type { Screening } from '../pool-api';

/** A text, or one for each language. */
export type Said = string | Readonly<Record<string, string>>;
export type Question = Readonly<{ key: string; text: Said; weight: number }>;
export type Letter = Readonly<{
  letter: string; meaning: Said; cut_off: string; questions: readonly Question[];
}>;
export type Template = Readonly<{ name: string; letters: readonly Letter[] }>;

export const MOST_LETTERS = 12;
export const MOST_QUESTIONS = 20;
export const LANGUAGES = ['zh-CN', 'en'] as const;

/** What is in force, as something to begin from. */
export function templateOf(
  screening: Pick<Screening, 'template' | 'letters'>, language: string,
): Template {
  return {
    name: screening.template,
    letters: screening.letters.map(({ key, meaning, cut_off, questions }) => ({
      letter: key, meaning: { [language]: meaning }, cut_off,
      questions: questions.map((one) => ({ ...one, text: { [language]: one.text } })),
    })),
  };
}

function saidOf(value: unknown): Said {
  if (typeof value !== 'object' || value === null) return asText(value);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, asText(one)]));
}

function listOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  const listed: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  return Array.isArray(listed) ? listed as readonly Readonly<Record<string, unknown>>[] : [];
}

/** What a record of templates holds. */
export function storedLetters(value: unknown): readonly Letter[] {
  return listOf(value).map((one) => ({
    letter: asText(one.letter), meaning: saidOf(one.meaning), cut_off: asText(one.cut_off),
    questions: listOf(one.questions).map((question) => ({
      key: asText(question.key), text: saidOf(question.text),
      weight: Number(question.weight ?? 1),
    })),
  }));
}

/** In a language; a text without one is everybody's. */
export function textIn(said: Said, language: string): string {
  return typeof said === 'string' ? said : said[language] ?? '';
}

export function withText(said: Said, language: string, text: string): Said {
  const texts = typeof said === 'string'
    ? Object.fromEntries(LANGUAGES.map((one) => [one, said])) : said;
  return { ...texts, [language]: text };
}

/** Letters and questions whose keys are taken get the next free ones. */
export function newLetter(letters: readonly Letter[]): Letter {
  const letter = freeName('L', letters.map((one) => one.letter));
  return { letter, meaning: {}, cut_off: '60', questions: [newQuestion(letters)] };
}

export function newQuestion(letters: readonly Letter[]): Question {
  const taken = letters.flatMap(({ questions }) => questions.map(({ key }) => key));
  return { key: freeName('q', taken), text: {}, weight: 1 };
}

function freeName(prefix: string, taken: readonly string[]): string {
  for (let n = taken.length + 1; ; n += 1) {
    if (!taken.includes(`${prefix}${n}`)) return `${prefix}${n}`;
  }
}

export type Missing = 'pool.needs_name' | 'pool.needs_letter' | 'pool.needs_text'
  | 'pool.needs_cut_off' | null;

/** What stands in the way of saving, the first of it. */
export function missingIn({ name, letters }: Template, language: string): Missing {
  if (name.trim() === '') return 'pool.needs_name';
  const named = letters.every(({ letter }) => letter.trim() !== '');
  if (letters.length === 0 || !named) return 'pool.needs_letter';
  const cut = letters.every(({ cut_off }) => /^\d{1,3}(\.\d{1,2})?$/.test(cut_off)
    && Number(cut_off) <= 100);
  if (!cut) return 'pool.needs_cut_off';
  const said = letters.every(({ meaning, questions }) => (
    textIn(meaning, language).trim() !== '' && questions.length > 0
    && questions.every(({ text }) => textIn(text, language).trim() !== '')
  ));
  return said ? null : 'pool.needs_text';
}
