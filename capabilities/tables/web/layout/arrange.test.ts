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
    const down = stepped(sections, 'three', true, 0) as typeof sections;
    expect(fieldsOf(down)).toEqual(['one,two', 'three,four']);
    expect(fieldsOf(stepped(down, 'three', false, 1) as typeof sections))
      .toEqual(['one,two,three', 'four']);
    expect(stepped(sections, 'one', false, 0)).toEqual(sections);
    expect(fieldsOf(stepped(sections, 'one', true, 0) as typeof sections))
      .toEqual(['two,one,three', 'four']);
  });
  it('keeps a field in sections that are for other records', () => {
    const of = (option: string) => ({ field: 'sector', options: [option] });
    const apart = [
      { title: 'A', fields: ['one'], when: of('a') },
      { title: 'B', fields: ['two'], when: of('b') },
      { title: 'C', fields: [] },
    ];
    const both = placed(apart, 'one', { section: 1, at: 0 }) as typeof apart;
    expect(fieldsOf(both)).toEqual(['one', 'one,two', '']);
    expect(fieldsOf(hidden(both, 'one', 0) as typeof apart)).toEqual(['', 'one,two', '']);
    expect(fieldsOf(stepped(both, 'one', true, 0) as typeof apart)).toEqual(['', 'one,two', '']);
    expect(fieldsOf(placed(both, 'one', { section: 2, at: 0 }) as typeof apart))
      .toEqual(['', 'two', 'one']);
  });
  it('leaves a field out', () => {
    expect(fieldsOf(hidden(sections, 'four') as typeof sections)).toEqual(['one,two,three', '']);
  });
});
