import type { Doubt, FieldRight, Flag, Level, Reach, RowRule, RuleDoubt } from './rights';

export const LEVEL_KEYS: Readonly<Record<Level, string>> = {
  none: 'roles.level_none', own: 'roles.level_own', team: 'roles.level_team',
  department: 'roles.level_department',
  department_and_below: 'roles.level_department_and_below', all: 'roles.level_all',
};
export const REACH_KEYS: Readonly<Record<Reach, string>> = {
  read: 'roles.read', update: 'roles.update', delete: 'roles.delete', restore: 'roles.restore',
};
export const FLAG_KEYS: Readonly<Record<Flag, string>> = {
  create: 'roles.create', share: 'roles.share', export: 'roles.export', import: 'roles.import',
  bulk: 'roles.bulk', personal: 'roles.personal', export_personal: 'roles.export_personal',
};
export const FIELD_KEYS: Readonly<Record<FieldRight, string>> = {
  none: 'roles.field_none', read: 'roles.field_read', edit: 'roles.field_edit',
};
export const DOUBT_KEYS: Readonly<Record<Doubt, string>> = {
  beyond_read: 'roles.doubt_beyond_read', unseen: 'roles.doubt_unseen',
};
export const RULE_DOUBT_KEYS: Readonly<Record<RuleDoubt, string>> = {
  unwritten: 'roles.rule_unwritten', without_read: 'roles.rule_without_read',
  without_update: 'roles.rule_without_update',
};
export const RULE_LEVEL_KEYS: Readonly<Record<RowRule['level'], string>> = {
  read: 'roles.rule_read', edit: 'roles.rule_edit',
};
