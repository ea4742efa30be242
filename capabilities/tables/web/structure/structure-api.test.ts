import { describe, expect, it } from 'vitest';
import { fieldMeta } from '@/api/testing';
import { apiNameOf, differences } from './structure-api';

describe('names for programs', () => {
  it('come from the English label', () => {
    expect(apiNameOf({ 'zh-CN': '竞品情报', en: 'Competitor intel (2026)' }, 't'))
      .toBe('competitor_intel_2026');
  });

  it('are made up where there is none', () => {
    expect(apiNameOf({ 'zh-CN': '竞品情报', en: '竞品情报' }, 't')).toMatch(/^t_[a-z0-9]{8}$/);
    expect(apiNameOf({ 'zh-CN': '2026', en: '2026' }, 'f')).toMatch(/^f_[a-z0-9]{8}$/);
  });
});

describe('a change of a field', () => {
  it('sends only what differs', () => {
    const field = fieldMeta('x', { required: true });
    expect(differences(field, { type: 'text', required: true, unique: true, scale: undefined }))
      .toEqual({ unique: true });
  });
});
