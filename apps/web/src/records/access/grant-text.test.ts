import { describe, expect, it } from 'vitest';
import type { AccessAnswer, Share } from '@/api/access';
import { isOver, reasonsOf, sees, shareErrors, withoutShare, withShare } from './grant-text';

const answer: AccessAnswer = {
  user: 'U', administrator: false,
  grants: [
    { action: 'read', grant: 'team', reach: 'own', object: 'account', record: 'A' },
    { action: 'update', grant: 'team', reach: 'own', object: 'account', record: 'A' },
    { action: 'delete', grant: 'owner', reach: 'own', object: 'visit', record: 'V' },
  ],
};

const share: Share = {
  principal: 'P', level: 'read', expires_at: null, given_by: 'U', given_at: '2026-11-22T00:00:00Z',
};

describe('the reasons of an access', () => {
  it('name a cause once with all that it allows', () => {
    expect(reasonsOf(answer).map((reason) => [reason.grant.grant, reason.actions])).toEqual([
      ['team', ['read', 'update']], ['owner', ['delete']],
    ]);
  });

  it('say that somebody without a reading grant sees nothing', () => {
    expect(sees(answer)).toBe(true);
    expect(sees({ ...answer, grants: answer.grants.slice(2) })).toBe(false);
    expect(sees({ ...answer, grants: [], administrator: true })).toBe(true);
  });
});

describe('the list of shares', () => {
  it('gives somebody one share only', () => {
    const wish = { principal: 'P', level: 'edit', expires_at: null } as const;
    expect(withShare([share], wish)).toEqual([wish]);
    expect(withShare([share], { ...wish, principal: 'Q' })).toHaveLength(2);
  });

  it('leaves the others as they are when one is taken away', () => {
    const other = { ...share, principal: 'Q', expires_at: '2026-12-01T00:00:00Z' };
    expect(withoutShare([share, other], 'P')).toEqual([
      { principal: 'Q', level: 'read', expires_at: '2026-12-01T00:00:00Z' },
    ]);
  });

  it('ends at its minute', () => {
    const end = Date.parse('2026-11-22T06:00:00Z');
    expect(isOver({ expires_at: '2026-11-22T06:00:00Z' }, end)).toBe(true);
    expect(isOver({ expires_at: '2026-11-22T06:00:01Z' }, end)).toBe(false);
    expect(isOver({ expires_at: null }, end)).toBe(false);
  });

  it('asks for somebody and for an end that is still to come', () => {
    const draft = { kind: 'user', principal: null, level: 'read', expires: null } as const;
    expect(shareErrors(draft, 0)).toEqual({ principal: 'access.choose_first' });
    const late = { ...draft, principal: 'P', expires: '2026-11-21T00:00:00Z' };
    expect(shareErrors(late, Date.parse('2026-11-22T00:00:00Z'))).toEqual({
      expires_at: 'access.expires_past',
    });
  });
});
