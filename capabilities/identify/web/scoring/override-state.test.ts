import { describe, expect, it } from 'vitest';
import type { Fields, RecordRow } from '@/api/types';
import { missingOf, phasesOf } from './override-state';

const given = (id: string, fields: Fields): RecordRow => (
  { id, version: 1, can: [], fields } as unknown as RecordRow
);

describe('tiers given by people', () => {
  it('hold through their last day, and of several agreed to the latest does', () => {
    const phases = phasesOf([
      given('a', { expires_on: '2026-11-21', approved_at: '2026-11-01T00:00:00Z' }),
      given('b', { expires_on: '2026-11-22', approved_at: '2026-11-02T00:00:00Z' }),
      given('c', { expires_on: '2026-12-31', approved_at: '2026-11-01T00:00:00Z' }),
      given('d', { expires_on: '2026-12-31', approved_at: null }),
    ], '2026-11-22');
    expect(Object.fromEntries(phases)).toEqual({
      a: 'over', b: 'now', c: 'replaced', d: 'waiting',
    });
  });

  it('need a tier, a reason, an approver and an end', () => {
    const nothing = { tier: null, reason: ' ', approver: null, expires_on: null };
    expect(Object.keys(missingOf(nothing))).toEqual(['tier', 'reason', 'approver', 'expires_on']);
    expect(missingOf({
      tier: 'key', reason: 'x', approver: '0A1BC2DE3FG4H', expires_on: '2026-12-31',
    })).toEqual({});
  });
});
