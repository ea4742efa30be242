import { expect, test } from 'vitest';
import {
  missingIn, newLetter, newQuestion, storedLetters, templateOf, textIn, withText,
} from './template';

const shipped = {
  template: 'PASA',
  letters: [{
    letter: 'P', key: 'P', meaning: '潜力', cut_off: '60.00',
    questions: [{ key: 'p_volume', text: '一年采购多少？', weight: 2 }],
  }],
};

test('what is shipped is where one begins, in the language at hand', () => {
  const template = templateOf(shipped, 'zh-CN');
  expect(missingIn(template, 'zh-CN')).toBeNull();
  expect(template.letters[0]?.questions[0]?.text).toEqual({ 'zh-CN': '一年采购多少？' });
  expect(missingIn(template, 'en')).toBe('pool.needs_text');
});

test('stored letters come as a list or as its text', () => {
  const letters = [{
    letter: 'V', meaning: 'Value', cut_off: '50', questions: [{ key: 'q1', text: 'x', weight: 1 }],
  }];
  expect(storedLetters(JSON.stringify(letters))).toEqual(storedLetters(letters));
  expect(storedLetters(null)).toEqual([]);
});

test('a text without a language is kept for the others when one changes', () => {
  const said = withText('Value', 'zh-CN', '价值');
  expect(textIn(said, 'en')).toBe('Value');
  expect(textIn(said, 'zh-CN')).toBe('价值');
});

test('new letters and questions have names of their own', () => {
  const letters = storedLetters([{ letter: 'L2', meaning: 'a', cut_off: '1', questions: [] }]);
  expect(newLetter(letters).letter).toBe('L3');
  expect(newQuestion([newLetter([])]).key).toBe('q2');
});

test('what is missing is told one by one', () => {
  const template = templateOf(shipped, 'zh-CN');
  const [letter] = template.letters;
  expect(missingIn({ ...template, name: ' ' }, 'zh-CN')).toBe('pool.needs_name');
  expect(missingIn({ ...template, letters: [] }, 'zh-CN')).toBe('pool.needs_letter');
  expect(letter && missingIn({ ...template, letters: [{ ...letter, cut_off: '101' }] }, 'zh-CN'))
    .toBe('pool.needs_cut_off');
});
