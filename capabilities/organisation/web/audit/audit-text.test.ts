import { describe, expect, it } from 'vitest';
import type { Meta } from '@/api/types';
import type { AuditEntry } from './audit-api';
import { actorText, changesOf, detailText, isKind, wantedNames } from './audit-text';
import type { AuditWords } from './audit-text';

const label = (text: string) => ({ 'zh-CN': text, en: text });
const words: AuditWords = {
  t: (key, values) => (values ? `${key} ${JSON.stringify(values)}` : key), language: 'en',
  meta: { objects: [{ api_name: 'user', fields: [
    { api_name: 'roles', label: label('Roles'),
      options: [{ key: 'kam', label: label('Manager') }] },
  ] }] } as unknown as Meta,
  nameOf: (object, id) => (object === 'user' && id === 'U1' ? 'Anna' : undefined),
};
const entry = (part: Partial<AuditEntry>): AuditEntry => ({
  seq: '1', at: '2026-11-22T00:00:00Z', kind: 'rights_changed',
  actor: { kind: 'user', id: 'U1' }, object: 'user', record: 'U2', details: {},
  origin: { request: '', client: 'web', address: '' }, code: '', ...part,
});

describe('the audit log in words', () => {
  it('names who did it, or what did', () => {
    expect(actorText(entry({}), words)).toBe('Anna');
    const system = entry({ actor: { kind: 'system', id: null } });
    expect(actorText(system, words)).toBe('history.by_system');
  });

  it('tells changes by their labels', () => {
    const changed = entry({ details: { op: 'update', changes: [
      { field: 'roles', from: ['kam'], to: [] }, { field: 'rights', from: null, to: true },
    ] } });
    expect(changesOf(changed, words)).toEqual([
      { label: 'Roles', from: 'Manager', to: 'audit.nothing' },
      { label: 'rights', from: 'audit.nothing', to: 'value.yes' },
    ]);
    const shared = entry({ details: { changes: [
      { field: 'shares', from: [], to: [{ principal: 'U1', level: 'read' }] },
    ] } });
    expect(changesOf(shared, words)[0]?.to).toBe('Anna');
  });

  it('names the fields of an update in the line itself', () => {
    const changes = [{ field: 'roles', from: [], to: ['kam'] }];
    expect(detailText(entry({ details: { op: 'update', changes } }), words))
      .toBe('history.update Roles');
    expect(detailText(entry({ details: { op: 'create', changes } }), words))
      .toBe('history.create');
  });

  it('tells why a sign-in failed, also a reason it does not know', () => {
    const failed = (reason: string) => detailText(
      entry({ kind: 'sign_in_failed', details: { reason } }), words,
    );
    expect(failed('wrong_password')).toBe('audit.wrong_password');
    expect(failed('something_new')).toBe('audit.refused');
  });

  it('asks for the names of people and records, not for those of exports', () => {
    const entries = [entry({}), entry({ kind: 'export', object: 'account', record: 'J1' })];
    expect([...wantedNames(entries)]).toEqual([['user', ['U1', 'U2', 'U1']]]);
  });

  it('knows its kinds', () => {
    expect(isKind('sign_in')).toBe(true);
    expect(isKind('everything')).toBe(false);
    expect(isKind(null)).toBe(false);
  });
});
