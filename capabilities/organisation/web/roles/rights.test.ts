import { describe, expect, it } from 'vitest';
import {
  doubtOf, doubtsOf, effective, effectiveField, fieldRight, levelFor, NOTHING, OTHERS,
  readRights, rightsOf, sameRights, setApart, withAudit, withField, withRights, writeRights,
} from './rights';
import type { RoleRights } from './rights';
import { SHIPPED } from './shipped';

const owned = (api_name: string) => ({ api_name, ownership: { kind: 'owner' } });

function role(objects: unknown): RoleRights {
  const read = readRights({ objects });
  if (!read) throw new Error('not readable');
  return read;
}

describe('rules of a role', () => {
  it('keep their rules, but save none without a condition', () => {
    const where = { op: 'eq', field: 'region', value: { var: 'me.title' } };
    const given = { objects: { account: { read: 'own', rules: [{ level: 'read', where }] } } };
    const read = role(given.objects);
    expect(writeRights(read)).toEqual(given);
    const rights = rightsOf(read, 'account');
    const empty = { level: 'read', where: { op: 'and', args: [] } } as const;
    const unwritten = withRights(read, 'account', { ...rights, rules: [...rights.rules, empty] });
    expect(writeRights(unwritten)).toEqual(given);
    expect(sameRights(unwritten, read)).toBe(true);
    expect(doubtOf(empty, rights)).toBe('unwritten');
    const [rule] = rights.rules;
    if (!rule) throw new Error('no rule');
    expect(doubtOf(rule, rights)).toBeNull();
    expect(doubtOf(rule, NOTHING)).toBe('without_read');
    expect(doubtOf({ ...rule, level: 'edit' }, rights)).toBe('without_update');
    for (const wrong of [1, [1], [{ level: 'all', where }], [{ level: 'read' }]]) {
      expect(readRights({ objects: { account: { read: 'own', rules: wrong } } })).toBeNull();
    }
  });
});

describe('rights of a role', () => {
  it('are read as they were written, from text too', () => {
    const given = {
      objects: {
        '*': { read: 'own', create: true },
        account: { read: 'all', fields: { '*': 'read', credit_limit: 'none' } },
      },
    };
    const read = readRights(JSON.stringify(given));
    expect(read && writeRights(read)).toEqual(given);
  });

  it('are listed for the objects that are set apart, unknown ones too', () => {
    const given = role({ '*': { read: 'own' }, z_later: {}, visit: {}, account: {} });
    expect(setApart(given, ['account', 'order', 'visit'])).toEqual(['account', 'visit', 'z_later']);
  });

  it('may let read the audit log', () => {
    const given = { audit: true, objects: { account: { read: 'own' } } };
    const read = readRights(given);
    expect(read && writeRights(read)).toEqual(given);
    expect(read && sameRights(read, role(given.objects))).toBe(false);
  });

  it('take the audit log in and out without touching the rest', () => {
    const given = role({ account: { read: 'own' } });
    expect(writeRights(withAudit(given, true))).toEqual({ audit: true, ...writeRights(given) });
    expect(withAudit(withAudit(given, true), false)).toEqual(given);
  });

  it('are refused when a part is not understood', () => {
    for (const given of [
      'x', 1, null, [], { more: 1 }, { objects: { account: { read: 'some' } } },
      { objects: { account: { create: 'yes' } } }, { objects: { account: { see: 'all' } } },
      { objects: { account: { fields: { name: 'write' } } } }, { administrator: 1 },
      { audit: 'yes' },
    ]) expect(readRights(given)).toBeNull();
  });

  it('fall back to those of all other objects', () => {
    const given = role({ '*': { read: 'own' }, role: {} });
    expect(rightsOf(given, 'visit').read).toBe('own');
    expect(rightsOf(given, 'role')).toEqual(NOTHING);
    expect(rightsOf(role({}), 'visit')).toEqual(NOTHING);
    expect(rightsOf(withRights(given, 'role', null), 'role').read).toBe('own');
  });

  it('are the same in any order', () => {
    const one = role({ a: { read: 'own' }, b: { read: 'all' } });
    expect(sameRights(one, role({ b: { read: 'all' }, a: { read: 'own' } }))).toBe(true);
    expect(sameRights(one, role({ a: { read: 'own' } }))).toBe(false);
  });
});

describe('rights of a field', () => {
  it('follow from the object where none are chosen', () => {
    expect(fieldRight({ ...NOTHING, read: 'own' }, 'name')).toBe('read');
    expect(fieldRight({ ...NOTHING, read: 'own', create: true }, 'name')).toBe('edit');
    expect(fieldRight({ ...NOTHING, create: true }, 'name')).toBe('none');
  });

  it('keep the others as they were when the first is chosen', () => {
    const rights = withField({ ...NOTHING, read: 'own', update: 'own' }, 'credit_limit', 'read');
    expect(rights.fields).toEqual({ '*': 'edit', credit_limit: 'read' });
    expect(fieldRight(rights, 'name')).toBe('edit');
    expect(withField(rights, 'credit_limit', null).fields).toEqual({ '*': 'edit' });
    expect(withField(withField(rights, 'credit_limit', null), '*', null).fields).toBeNull();
  });

  it('are none for a field that a list of fields leaves out', () => {
    const rights = { ...NOTHING, read: 'own', fields: { name: 'read' } } as const;
    expect(fieldRight(rights, 'phone')).toBe('none');
  });
});

describe('several roles', () => {
  const one = role({ account: { read: 'own', update: 'own', fields: { '*': 'read' } } });
  const two = role({ account: { read: 'department', export: true } });

  it('only add', () => {
    const sum = effective([one, two], owned('account'));
    expect(sum).toMatchObject({ read: 'department', update: 'own', export: true, share: false });
    expect(effectiveField([one, role({ account: { read: 'own', update: 'own' } })], 'account',
      'name')).toBe('edit');
    expect(effective([], owned('account')).read).toBe('none');
    expect(effectiveField([], 'account', 'name')).toBe('none');
  });

  it('never change who there is', () => {
    const sum = effective([role({ '*': { read: 'all', update: 'all', create: true } })], {
      api_name: 'user', ownership: { kind: 'none' },
    });
    expect(sum).toMatchObject({ read: 'all', update: 'none', create: false });
    expect(effectiveField([role({ '*': { read: 'all', update: 'all' } })], 'user', 'name'))
      .toBe('read');
  });

  it('of an administrator are everything', () => {
    const sum = effective([{ administrator: true, objects: {} }], owned('role'));
    expect(sum).toMatchObject({ read: 'all', delete: 'all', import: true });
  });

  it('reach all or nothing of what belongs to nobody', () => {
    const nobody = { ownership: { kind: 'none' } };
    expect(levelFor(nobody, 'own')).toBe('all');
    expect(levelFor(nobody, 'none')).toBe('none');
    expect(levelFor({ ownership: { kind: 'owner' } }, 'own')).toBe('own');
  });
});

describe('doubts', () => {
  it('name what has no effect', () => {
    expect(doubtsOf({ ...NOTHING, read: 'own', update: 'all', delete: 'own' })).toEqual({
      update: 'beyond_read',
    });
    expect(doubtsOf({ ...NOTHING, update: 'own', create: true })).toEqual({
      update: 'unseen', create: 'unseen',
    });
  });

  it('have none about the roles of the product', () => {
    for (const { rights } of SHIPPED) {
      for (const given of Object.values(rights.objects)) expect(doubtsOf(given)).toEqual({});
    }
  });
});

describe('the roles of the product', () => {
  it('are all readable, and the administrator is among them', () => {
    expect(SHIPPED.map(({ key }) => key)).toContain('kam_director');
    expect(SHIPPED.find(({ key }) => key === 'administrator')?.rights.administrator).toBe(true);
    expect(SHIPPED).toHaveLength(9);
    for (const { rights } of SHIPPED) {
      expect(rights.administrator || rights.objects[OTHERS] !== undefined).toBe(true);
    }
  });
});
