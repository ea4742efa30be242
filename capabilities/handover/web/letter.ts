import type { Translate } from '@/i18n/use-text';

/** Who is told, of whom, and how the new person is reached. */
export type Letter = Readonly<{
  account: string; contact: string; salutation: string; day: string;
  from: string; to: string; title: string; phone: string; email: string;
}>;

/** A day as people of the language write it in a letter. */
export function dayInWords(day: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' })
    .format(new Date(day));
}

/** "Dear …": by the form of address, else by name, where somebody is known. */
export function greetingOf(letter: Letter, t: Translate): string {
  const name = letter.salutation || letter.contact;
  return name === '' ? t('handover.letter_dear_all') : t('handover.letter_dear', { name });
}

/** What tells a customer who is in charge from now on. */
export function paragraphsOf(letter: Letter, t: Translate): readonly string[] {
  const { account, day, from, to, title, phone, email } = letter;
  const person = title === '' ? to : t('handover.letter_person', { name: to, title });
  const ways = [
    ...(phone === '' ? [] : [t('handover.letter_phone', { phone })]),
    ...(email === '' ? [] : [t('handover.letter_email', { email })]),
  ];
  const how = ways.join(t('handover.letter_and'));
  return [
    t('handover.letter_change', { account, day, from, person }),
    ...(how === '' ? [] : [t('handover.letter_reach', { how })]),
    t('handover.letter_unchanged'),
    t('handover.letter_thanks'),
  ];
}
