import { describe, expect, it } from 'vitest';
import { bodyOf, EMPTY_MOVE, missingOf } from './move-state';

describe('a move in the pool', () => {
  it('needs a reason unless it agrees or begins', () => {
    expect(missingOf(EMPTY_MOVE, 'approve')).toEqual({});
    expect(missingOf(EMPTY_MOVE, 'nominate')).toEqual({});
    for (const act of ['request', 'reject', 'watch', 'exit', 'blacklist', 'lift'] as const) {
      expect(missingOf({ ...EMPTY_MOVE, reason: ' ' }, act)).toEqual({
        reason: 'pool.needs_reason',
      });
    }
  });

  it('needs both departments of a transfer', () => {
    const draft = { ...EMPTY_MOVE, reason: 'x', transfers: true, to_department: 'D2' };
    expect(Object.keys(missingOf(draft, 'request'))).toEqual(['from_department']);
    expect(missingOf(draft, 'exit')).toEqual({});
  });

  it('sends what was filled in and what the act takes, and nothing else', () => {
    const draft = {
      ...EMPTY_MOVE, reason: ' 增长明显 ', tier: 'key', note: '框架协议', fast_track: true,
      transfers: true, from_department: 'D1', to_department: 'D2', amount: '1200000.00',
    };
    expect(bodyOf(draft, 'request')).toEqual({
      reason: '增长明显', tier: 'key', evidence: { note: '框架协议' }, fast_track: true,
      transfer: { from_department: 'D1', to_department: 'D2', amount: '1200000.00' },
    });
    expect(bodyOf(draft, 'exit')).toEqual({ reason: '增长明显', evidence: { note: '框架协议' } });
    expect(bodyOf(EMPTY_MOVE, 'approve')).toEqual({});
  });
});
