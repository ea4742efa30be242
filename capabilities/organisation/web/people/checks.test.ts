import { describe, expect, it } from 'vitest';
import { changesOf, departmentErrors, deputyErrors, phaseOf, userErrors } from './checks';

const FROM = '2026-11-22T00:00:00.000Z';
const UNTIL = '2026-11-23T00:00:00.000Z';

describe('what is checked before it is sent', () => {
  it('a deputy is somebody else for a time that ends after it begins', () => {
    expect(deputyErrors('U', {})).toEqual({
      deputy: 'people.needs_deputy', starts_at: 'people.needs_time', ends_at: 'people.needs_time',
    });
    expect(deputyErrors('U', { deputy: 'U', starts_at: UNTIL, ends_at: FROM })).toEqual({
      deputy: 'people.own_deputy', ends_at: 'people.ends_early',
    });
    expect(deputyErrors('U', { deputy: 'V', starts_at: FROM, ends_at: UNTIL })).toEqual({});
  });

  it('nobody is below himself', () => {
    const all = [{ id: 'a', name: 'a', parent: null }, { id: 'b', name: 'b', parent: 'a' }];
    expect(departmentErrors('a', { parent: 'b' }, all)).toEqual({ parent: 'people.below_itself' });
    expect(departmentErrors('b', { parent: 'a' }, all)).toEqual({});
    expect(departmentErrors(null, { parent: 'a' }, all)).toEqual({});
    expect(userErrors('U', { manager: 'U' })).toEqual({ manager: 'people.own_manager' });
  });

  it('only differences are sent', () => {
    expect(changesOf({ name: 'a', roles: ['kam'] }, { name: 'a', roles: [], title: null }))
      .toEqual({ fields: { roles: [] }, base: { roles: ['kam'] } });
  });

  it('a period ends at its minute', () => {
    expect(phaseOf(FROM, UNTIL, Date.parse(UNTIL))).toBe('over');
    expect(phaseOf(FROM, UNTIL, Date.parse(FROM))).toBe('now');
    expect(phaseOf(FROM, UNTIL, Date.parse(FROM) - 1)).toBe('coming');
  });
});
