import { useQuery } from '@tanstack/react-query';
import { recordQuery } from '@/api/records';
import type { FieldMeta, ObjectMeta, RecordRow } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { GROUP_LABELS, groupedFields } from './field-groups';

/** The kind of the views that say how a record's page is laid out. */
export const LAYOUT = 'layout';
/** Only administrators may say for whom a view is made: a layout counts once one of them did. */
export const FOR_ALL = ['everybody'];

export type Section = Readonly<{ title: string; fields: readonly string[] }>;
export type ShownSection = Readonly<{ title: string; fields: readonly FieldMeta[] }>;

export function layoutQuery(object: string) {
  return recordQuery('view', {
    select: ['definition'], sort: [{ field: 'created_at', dir: 'asc' }], page: { limit: 1 },
    where: {
      op: 'and',
      args: [
        { op: 'eq', field: 'object', value: object },
        { op: 'eq', field: 'kind', value: LAYOUT },
        { op: 'has_any', field: 'default_for', value: FOR_ALL },
      ],
    },
  });
}

function isSection(value: unknown): value is Section {
  const section = value as Partial<Section> | null;
  return typeof section?.title === 'string' && Array.isArray(section.fields);
}

export function sectionsOf(record: RecordRow | undefined): readonly Section[] | null {
  const definition = record?.fields.definition as Readonly<{ sections?: unknown }> | null;
  const sections = definition?.sections;
  return Array.isArray(sections) ? sections.filter(isSection) : null;
}

/** Fields that there are no more, or that one may not see, are left out. */
export function shownSections(
  object: ObjectMeta, sections: readonly Section[],
): readonly ShownSection[] {
  return sections.map(({ title, fields }) => ({
    title, fields: object.fields.filter(({ api_name }) => fields.includes(api_name))
      .sort((one, other) => fields.indexOf(one.api_name) - fields.indexOf(other.api_name)),
  }));
}

/** The fields of a record in the sections of its page; null while they are read. */
export function useSections(object: ObjectMeta): readonly ShownSection[] | null {
  const { t } = useText();
  const found = useQuery(layoutQuery(object.api_name));
  if (found.isPending) return null;
  const own = sectionsOf(found.data?.records[0]);
  if (own) return shownSections(object, own).filter(({ fields }) => fields.length > 0);
  return [...groupedFields(object)].map(([group, fields]) => (
    { title: t(GROUP_LABELS[group]), fields }
  ));
}
