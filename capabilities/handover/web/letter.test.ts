import { describe, expect, it } from 'vitest';
import { dayInWords, greetingOf, paragraphsOf } from './letter';
import type { Letter } from './letter';

const say = (key: string, words?: Readonly<Record<string, string | number>>) => (
  words ? `${key} ${Object.values(words).join('|')}` : key
);
const letter: Letter = {
  account: '丽江水电', contact: '王敏', salutation: '王总', day: '2026-12-01', from: 'Lily',
  to: 'Bo', title: '', phone: '139', email: '',
};

describe('a letter to a customer', () => {
  it('greets by the form of address, by name, or everybody', () => {
    expect(greetingOf(letter, say)).toBe('handover.letter_dear 王总');
    expect(greetingOf({ ...letter, salutation: '' }, say)).toBe('handover.letter_dear 王敏');
    expect(greetingOf({ ...letter, salutation: '', contact: '' }, say))
      .toBe('handover.letter_dear_all');
  });

  it('names the day in words', () => {
    expect(dayInWords('2026-12-01', 'zh-CN')).toBe('2026年12月1日');
    expect(dayInWords('2026-12-01', 'en')).toBe('December 1, 2026');
  });

  it('says who follows whom and how he is reached, as far as that is known', () => {
    expect(paragraphsOf(letter, say).slice(0, 2)).toEqual([
      'handover.letter_change 丽江水电|2026-12-01|Lily|Bo',
      'handover.letter_reach handover.letter_phone 139',
    ]);
    const unknown = paragraphsOf({ ...letter, phone: '', title: '总监' }, say);
    expect(unknown).toHaveLength(3);
    expect(unknown[0]).toContain('handover.letter_person Bo|总监');
  });
});
