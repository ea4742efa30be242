import { describe, expect, it } from 'vitest';
import type { FieldMeta } from '@/api/types';
import { comparableWith, ownFieldOf, ownValue } from './own-fields';

const field = (api_name: string, type: string, more: object = {}): FieldMeta => (
  { api_name, type, label: {}, ...more } as unknown as FieldMeta
);

const OWN = [
  field('id', 'id'), field('title', 'text'), field('roles', 'multi_select'),
  field('department', 'department'), field('manager', 'user'),
  field('secret', 'text', { sensitivity: 'personal' }),
];
const names = (one: FieldMeta, op: 'eq' | 'in' | 'between') => (
  comparableWith(one, op, OWN).map((own) => own.api_name)
);

describe('fields of the person', () => {
  it('are known by their variable', () => {
    expect(ownFieldOf(ownValue('region'))).toBe('region');
    expect(ownFieldOf({ var: 'me' })).toBe('id');
    for (const other of ['region', null, ['me'], { rel: 'today' }, { var: 'you' }]) {
      expect(ownFieldOf(other)).toBeNull();
    }
  });

  it('are compared with what is of their kind', () => {
    expect(names(field('city', 'text'), 'eq')).toEqual(['title']);
    expect(names(field('city', 'select'), 'in')).toEqual(['title', 'roles']);
    expect(names(field('owner', 'user'), 'eq')).toEqual(['id', 'manager']);
    expect(names(field('department', 'department'), 'eq')).toEqual(['department']);
    expect(names(field('amount', 'money'), 'eq')).toEqual([]);
    expect(names(field('city', 'text'), 'between')).toEqual([]);
  });
});
