import type { FieldMeta, FieldType, ObjectMeta } from '@/api/types';
import { isSystem } from '@/api/meta';

export const GROUPS = [
  'basics', 'reach', 'figures', 'dates', 'links', 'texts', 'personal', 'system',
] as const;
export type Group = (typeof GROUPS)[number];

export const GROUP_LABELS: Readonly<Record<Group, string>> = {
  basics: 'group.basics', reach: 'group.reach', figures: 'group.figures', dates: 'group.dates',
  links: 'group.links', texts: 'group.texts', personal: 'group.personal', system: 'group.system',
};

/** The sections of the card's template by their key. */
export const SECTION_LABELS: Readonly<Record<string, string>> = {
  minimum: 'card.section.minimum', common: 'card.section.common', public: 'card.section.public',
  bank: 'card.section.bank', operator: 'card.section.operator', utility: 'card.section.utility',
  commerce: 'card.section.commerce', business: 'card.section.business',
};

const GROUP_OF_TYPE = {
  id: 'basics',
  text: 'basics', long_text: 'texts', integer: 'figures', decimal: 'figures', percent: 'figures',
  money: 'figures', boolean: 'basics', date: 'dates', datetime: 'dates', select: 'basics',
  multi_select: 'basics', email: 'reach', phone: 'reach', url: 'reach', user: 'links',
  department: 'links', link: 'links', attachment: 'texts', autonumber: 'basics',
  rating: 'figures', json: 'texts', formula: 'figures', rollup: 'figures', lookup: 'links',
} satisfies Record<FieldType, Group>;

const REACH_NAMES = new Set(['address', 'province', 'city', 'region', 'wechat', 'website']);

export function groupOf(field: FieldMeta): Group {
  if (isSystem(field)) return 'system';
  if (field.sensitivity === 'personal') return 'personal';
  if (REACH_NAMES.has(field.api_name)) return 'reach';
  return GROUP_OF_TYPE[field.type];
}

/** The fields of an object in groups, each group in the order of the metadata. */
export function groupedFields(object: ObjectMeta): ReadonlyMap<Group, readonly FieldMeta[]> {
  const groups = new Map<Group, FieldMeta[]>();
  for (const field of object.fields) {
    if (field.api_name === 'id' || field.api_name === 'version') continue;
    const group = groupOf(field);
    groups.set(group, [...(groups.get(group) ?? []), field]);
  }
  return new Map(GROUPS.flatMap((group) => {
    const fields = groups.get(group);
    return fields ? [[group, fields] as const] : [];
  }));
}
