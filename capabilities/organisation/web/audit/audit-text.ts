import { fieldOf, labelOf, optionLabel } from '@/api/meta';
import type { Meta, ObjectMeta } from '@/api/types';
import { asText } from '@/fields/widget';
import type { Language } from '@/i18n/language';
import type { Translate } from '@/i18n/use-text';
import type { NameOf } from '@/records/use-names';
import type { AuditEntry, AuditKind } from './audit-api';

export const KIND_KEYS: Readonly<Record<AuditKind, string>> = {
  log_begun: 'audit.log_begun', sign_in: 'audit.sign_in', sign_in_failed: 'audit.sign_in_failed',
  sign_out: 'audit.sign_out', session_ended: 'audit.session_ended',
  password_changed: 'audit.password_changed', token_created: 'audit.token_created',
  token_ended: 'audit.token_ended', rights_changed: 'audit.rights_changed',
  shares_changed: 'audit.shares_changed', export: 'audit.export', download: 'audit.download',
  personal_read: 'audit.personal_read', configuration_changed: 'audit.configuration_changed',
  second_factor_changed: 'audit.second_factor_changed',
  personal_erased: 'audit.personal_erased', key_rotated: 'audit.key_rotated',
  rights_previewed: 'audit.rights_previewed',
};
export const KINDS = Object.keys(KIND_KEYS) as readonly AuditKind[];

export function isKind(text: string | null): text is AuditKind {
  return text !== null && text in KIND_KEYS;
}

const ACTOR_KEYS: Readonly<Record<AuditEntry['actor']['kind'], string>> = {
  user: 'history.by_user', automation: 'history.by_automation', import: 'history.by_import',
  system: 'history.by_system',
};
const REASON_KEYS: Readonly<Record<string, string>> = {
  unknown_login: 'audit.unknown_login', wrong_password: 'audit.wrong_password',
  wrong_code: 'audit.wrong_code', disabled: 'audit.disabled', locked: 'audit.locked',
};
const OPERATION_KEYS: Readonly<Record<string, string>> = {
  create: 'history.create', update: 'history.update', delete: 'history.delete',
  restore: 'history.restore',
};

export type AuditWords = Readonly<{
  t: Translate; language: Language; meta: Meta;
  /** The name of a record, where it may be seen. */
  nameOf: NameOf;
}>;

export function actorText(entry: AuditEntry, { t, nameOf }: AuditWords): string {
  const { kind, id } = entry.actor;
  return nameOf('user', id) ?? t(ACTOR_KEYS[kind]);
}

const MOST_SHOWN = 6;

type Words = Readonly<{ words: AuditWords; object: ObjectMeta | undefined }>;

function nameOfValue(value: unknown, words: AuditWords): string {
  const text = asText(value);
  return words.nameOf('user', text) ?? words.nameOf('department', text)
    ?? words.nameOf('role', text) ?? text;
}

function valueText(value: unknown, name: string, { words, object }: Words): string {
  if (value === null || value === undefined || value === '') return words.t('audit.nothing');
  const options = object && fieldOf(object, name)?.options;
  if (Array.isArray(value)) {
    if (value.length === 0) return words.t('audit.nothing');
    return value.map((one) => valueText(one, name, { words, object })).join(words.t('roles.comma'));
  }
  const option = options?.find((one) => one.key === value);
  if (option) return optionLabel(option, words.language);
  if (typeof value === 'boolean') return words.t(value ? 'value.yes' : 'value.no');
  if (typeof value === 'object' && 'principal' in value) {
    return nameOfValue(value.principal, words);
  }
  return nameOfValue(value, words);
}

export type AuditChange = Readonly<{ label: string; from: string; to: string }>;

/** What was changed, field by field, in words. */
export function changesOf(entry: AuditEntry, words: AuditWords): readonly AuditChange[] {
  const { changes } = entry.details;
  if (!Array.isArray(changes)) return [];
  const object = words.meta.objects.find((one) => one.api_name === entry.object);
  return changes.flatMap((change: unknown) => {
    if (typeof change !== 'object' || change === null) return [];
    const { field, from, to } = change as Readonly<Record<string, unknown>>;
    const name = asText(field);
    const label = labelOf(object && fieldOf(object, name)?.label, words.language, name);
    const parts = { words, object };
    return [{ label, from: valueText(from, name, parts), to: valueText(to, name, parts) }];
  });
}

function fieldNames(names: unknown, entry: AuditEntry, words: AuditWords): string {
  const object = words.meta.objects.find((one) => one.api_name === entry.object);
  const known = Array.isArray(names) ? names.map(asText) : [];
  const labels = known.slice(0, MOST_SHOWN)
    .map((name) => labelOf(object && fieldOf(object, name)?.label, words.language, name));
  return labels.join(words.t('roles.comma')) + (known.length > MOST_SHOWN ? '…' : '');
}

/** What else there is to say, in a line; changes are told apart. */
export function detailText(entry: AuditEntry, words: AuditWords): string {
  const { t } = words;
  const { details } = entry;
  switch (entry.kind) {
    case 'sign_in_failed':
      return t(REASON_KEYS[asText(details.reason)] ?? 'audit.refused');
    case 'token_created':
      return t('audit.token_text', {
        name: asText(details.name),
        scope: t(details.scope === 'write' ? 'audit.token_write' : 'audit.token_read'),
      });
    case 'export': {
      const fields = fieldNames(details.select, entry, words);
      return t('audit.export_text', { format: asText(details.format).toUpperCase(), fields });
    }
    case 'download':
      return asText(details.route);
    case 'rights_previewed': {
      const seen = words.meta.objects.find((one) => one.api_name === details.object);
      return labelOf(seen?.label, words.language, asText(details.object));
    }
    case 'personal_read':
      return t('audit.personal_text', {
        fields: fieldNames(details.fields, entry, words),
        n: Array.isArray(details.records) ? details.records.length : 0,
      });
    case 'rights_changed':
    case 'configuration_changed': {
      const operation = OPERATION_KEYS[asText(details.op)];
      const what = [asText(details.object), asText(details.field)].filter((part) => part !== '');
      const changed = details.op === 'update' || details.op === undefined
        ? changesOf(entry, words).map(({ label }) => label).join(t('roles.comma')) : '';
      return [operation === undefined ? '' : t(operation), ...what, changed]
        .filter((part) => part !== '').join(' ');
    }
    default:
      return '';
  }
}

/** The records whose names some entries need, by object. */
export function wantedNames(
  entries: readonly AuditEntry[],
): ReadonlyMap<string, readonly string[]> {
  const wanted = new Map<string, string[]>();
  const want = (object: string, id: string | null) => {
    if (id !== null) wanted.set(object, [...wanted.get(object) ?? [], id]);
  };
  for (const { actor, object, record, kind } of entries) {
    want('user', actor.id);
    if (object !== null && kind !== 'export') want(object, record);
  }
  return wanted;
}
