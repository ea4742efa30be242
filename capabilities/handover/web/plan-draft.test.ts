import { describe, expect, it } from 'vitest';
import { EMPTY_DRAFT, isComplete, planOf } from './plan-draft';

const ZONE = 'Asia/Shanghai';

describe('a handover as it is typed', () => {
  it('needs two people, and a time when it is for later', () => {
    expect(isComplete(EMPTY_DRAFT)).toBe(false);
    expect(isComplete({ ...EMPTY_DRAFT, from: 'A', to: 'B' })).toBe(true);
    expect(isComplete({ ...EMPTY_DRAFT, from: 'A', to: 'B', later: true })).toBe(false);
  });

  it('leaves out parts without accounts or without a person', () => {
    const splits = [{ to: 'C', accounts: [] }, { to: '', accounts: ['X'] },
      { to: 'C', accounts: ['X'] }];
    const plan = planOf({ ...EMPTY_DRAFT, from: 'A', to: 'B', splits }, ZONE);
    expect(plan.splits).toEqual([{ to: 'C', accounts: ['X'] }]);
    expect(plan.execute_at).toBeNull();
  });

  it('is for a time on the clocks of the workspace', () => {
    const draft = { ...EMPTY_DRAFT, from: 'A', to: 'B', later: true, at: '2026-11-30T18:00' };
    expect(planOf(draft, ZONE).execute_at).toBe('2026-11-30T10:00:00.000Z');
  });
});
