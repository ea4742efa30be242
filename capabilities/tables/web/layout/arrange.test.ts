import { describe, expect, it } from 'vitest';
import { hidden, placed, stepped } from './arrange';

const sections = [
  { title: 'A', fields: ['one', 'two', 'three'] }, { title: 'B', fields: ['four'] },
];
const fieldsOf = (of: typeof sections) => of.map(({ fields }) => fields.join());

describe('the layout of a page', () => {
  it('puts a field where it was dropped', () => {
    const at = (section: number, place: number) => (
      fieldsOf(placed(sections, 'one', { section, at: place }) as typeof sections)
    );
    expect(at(0, 3)).toEqual(['two,three,one', 'four']);
    expect(at(0, 1)).toEqual(['one,two,three', 'four']);
    expect(at(1, 0)).toEqual(['two,three', 'one,four']);
  });
  it('steps over the edge of a section', () => {
    const down = stepped(sections, 'three', true) as typeof sections;
    expect(fieldsOf(down)).toEqual(['one,two', 'three,four']);
    expect(fieldsOf(stepped(down, 'three', false) as typeof sections))
      .toEqual(['one,two,three', 'four']);
    expect(stepped(sections, 'one', false)).toEqual(sections);
    expect(fieldsOf(stepped(sections, 'one', true) as typeof sections))
      .toEqual(['two,one,three', 'four']);
  });
  it('leaves a field out', () => {
    expect(fieldsOf(hidden(sections, 'four') as typeof sections)).toEqual(['one,two,three', '']);
  });
});
