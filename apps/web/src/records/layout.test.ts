import { describe, expect, it } from 'vitest';
import type { FieldMeta, ObjectMeta } from '@/api/types';
import type { Section } from './layout';
import { isFor, sectionsOf, shownSections, templateSections } from './layout';

const field = (api_name: string, type = 'text') => ({ api_name, type }) as FieldMeta;
const account = {
  api_name: 'account',
  fields: [
    field('name'), field('sector', 'select'), field('deposits', 'money'),
    field('shop_count', 'integer'), field('industry'), field('remarks', 'long_text'),
  ],
} as unknown as ObjectMeta;
const template = {
  sections: [
    { key: 'minimum', otherwise: false, sectors: [], fields: ['name', 'sector', 'gone'] },
    { key: 'common', otherwise: false, sectors: [], fields: [] },
    { key: 'bank', otherwise: false, sectors: ['finance'], fields: ['industry', 'deposits'] },
    { key: 'commerce', otherwise: false, sectors: ['commerce'], fields: ['shop_count'] },
    { key: 'business', otherwise: true, sectors: [], fields: ['industry'] },
  ],
};
const sections = templateSections(account, template, (key) => key);

function openFor(sector: string | null): readonly string[] {
  return shownSections(account, sections, { sector })
    .filter(({ folded }) => !folded).flatMap(({ fields }) => fields.map((one) => one.api_name));
}

describe('the template of the card', () => {
  it('opens what the sector is asked for, and folds the rest', () => {
    expect(openFor('finance')).toEqual(['name', 'sector', 'industry', 'deposits']);
    expect(openFor('commerce')).toEqual(['name', 'sector', 'shop_count']);
  });
  it('has a section for the sectors that no other names, and for none', () => {
    expect(openFor('manufacturing')).toEqual(['name', 'sector', 'industry']);
    expect(openFor(null)).toEqual(['name', 'sector', 'industry']);
  });
  it('loses no field and shows none twice: what is not asked for is below', () => {
    const all = shownSections(account, sections, { sector: 'finance' })
      .flatMap(({ fields }) => fields.map((one) => one.api_name));
    expect([...all].sort()).toEqual(account.fields.map((one) => one.api_name).sort());
  });
});

describe('a section', () => {
  const when = { field: 'sector', options: ['finance'] };
  it('is for everybody without a condition', () => {
    expect(isFor({ title: '', fields: [] }, {})).toBe(true);
    expect(isFor({ title: '', fields: [], when }, { sector: 'telecom' })).toBe(false);
    expect(isFor({ title: '', fields: [], when: { ...when, not: true } }, {})).toBe(true);
  });
  it('is left out of a stored layout when its condition cannot be read', () => {
    const right: Section = { title: '银行', fields: ['deposits'], when };
    const wrong = { title: '银行', fields: ['deposits'], when: { field: 3 } };
    const record = { fields: { definition: { sections: [right, wrong, 'x'] } } };
    expect(sectionsOf(record as never)).toEqual([right]);
  });
});
