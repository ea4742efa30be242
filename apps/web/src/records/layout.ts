import { useQuery } from '@tanstack/react-query';
import { cardTemplateQuery } from '@/api/card-template';
import type { CardTemplate } from '@/api/card-template';
import { fieldOf } from '@/api/meta';
import { recordQuery } from '@/api/records';
import type { FieldMeta, Fields, ObjectMeta, RecordRow } from '@/api/types';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { GROUP_LABELS, groupedFields, SECTION_LABELS } from './field-groups';

/** The kind of the views that say how a record's page is laid out. */
export const LAYOUT = 'layout';
/** Only administrators may say for whom a view is made: a layout counts once one of them did. */
export const FOR_ALL = ['everybody'];
/** The object whose card has a template, and the field by which it differs. */
const CARD = 'account';
const SECTOR = 'sector';

/** A section is for records whose field holds one of the options; `not`: for all others. */
export type When = Readonly<{ field: string; options: readonly string[]; not?: boolean }>;
export type Section = Readonly<{
  title: string; fields: readonly string[]; when?: When;
  /** Below the others, closed. */
  folded?: boolean;
}>;
export type ShownSection = Readonly<{
  title: string; fields: readonly FieldMeta[]; folded: boolean;
}>;

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
  const when = section?.when as Partial<When> | undefined;
  return typeof section?.title === 'string' && Array.isArray(section.fields)
    && (when === undefined || (typeof when.field === 'string' && Array.isArray(when.options)));
}

export function sectionsOf(record: RecordRow | undefined): readonly Section[] | null {
  const definition = record?.fields.definition as Readonly<{ sections?: unknown }> | null;
  const sections = definition?.sections;
  return Array.isArray(sections) ? sections.filter(isSection) : null;
}

export function isFor(section: Section, values: Fields): boolean {
  const { when } = section;
  return !when || when.options.includes(asText(values[when.field])) !== (when.not ?? false);
}

/**
 * The open sections, then the folded. Fields that there are no more, or that one may not see, are
 * left out; one that stands in several sections is shown in the first.
 */
export function shownSections(
  object: ObjectMeta, sections: readonly Section[], values: Fields,
): readonly ShownSection[] {
  const isFolded = (section: Section) => section.folded === true || !isFor(section, values);
  const seen = new Set<string>();
  const shown = (section: Section): ShownSection => {
    const fields = section.fields.flatMap((name) => {
      const field = seen.has(name) ? undefined : fieldOf(object, name);
      seen.add(name);
      return field ? [field] : [];
    });
    return { title: section.title, fields, folded: isFolded(section) };
  };
  const open = sections.filter((section) => !isFolded(section)).map(shown);
  const folded = sections.filter(isFolded).map(shown);
  return [...open, ...folded].filter(({ fields }) => fields.length > 0);
}

type Text = (key: string) => string;

function groupsOf(object: ObjectMeta, t: Text): readonly Section[] {
  return [...groupedFields(object)].map(([group, fields]) => (
    { title: t(GROUP_LABELS[group]), fields: fields.map(({ api_name }) => api_name) }
  ));
}

/** The template's sections, those of sectors first after the minimum, and all else folded. */
export function templateSections(
  object: ObjectMeta, template: CardTemplate, t: Text,
): readonly Section[] {
  const known = object.fields.map(({ api_name }) => api_name);
  const named = template.sections.flatMap(({ sectors }) => sectors);
  const asked = new Set(template.sections.flatMap(({ fields }) => fields));
  const own = template.sections.map(({ key, sectors, otherwise, fields }): Section => ({
    title: t(SECTION_LABELS[key] ?? key), fields: fields.filter((name) => known.includes(name)),
    ...(otherwise && { when: { field: SECTOR, options: named, not: true } }),
    ...(sectors.length > 0 && { when: { field: SECTOR, options: sectors } }),
  }));
  const [minimum, ...others] = own;
  const rest = groupsOf(object, t).map((section) => (
    { ...section, fields: section.fields.filter((name) => !asked.has(name)), folded: true }
  ));
  return [
    ...(minimum ? [minimum] : []), ...others.filter(({ when }) => when),
    ...others.filter(({ when }) => !when), ...rest,
  ];
}

/** Whether the forms of an object's records follow a template. */
export function hasTemplate(object: ObjectMeta): boolean {
  return object.api_name === CARD;
}

/** As the page is laid out as long as nobody said otherwise; null while it is read. */
export function useUsualSections(object: ObjectMeta): readonly Section[] | null {
  const { t } = useText();
  const template = useQuery({ ...cardTemplateQuery, enabled: hasTemplate(object) });
  if (!hasTemplate(object) || template.isError) return groupsOf(object, t);
  return template.data ? templateSections(object, template.data, t) : null;
}

/** The fields of a record in the sections of its page; null while they are read. */
export function useSections(object: ObjectMeta, values: Fields): readonly ShownSection[] | null {
  const usual = useUsualSections(object);
  const found = useQuery(layoutQuery(object.api_name));
  if (found.isPending) return null;
  const sections = sectionsOf(found.data?.records[0]) ?? usual;
  return sections && shownSections(object, sections, values);
}
