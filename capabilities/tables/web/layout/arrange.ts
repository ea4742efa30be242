import type { Section } from '@/records/layout';

export type Place = Readonly<{ section: number; at: number }>;

/** Whether a field may stand in both: they are for different records. */
function areApart(one: Section, other: Section | undefined): boolean {
  return one.when !== undefined && other?.when !== undefined
    && JSON.stringify(one.when) !== JSON.stringify(other.when);
}

/** A field goes to a place of a section, from wherever it stood for the same records. */
export function placed(
  sections: readonly Section[], field: string, { section, at }: Place,
): readonly Section[] {
  return sections.map((one, here) => {
    if (here !== section && areApart(one, sections[section])) return one;
    const old = one.fields.indexOf(field);
    const fields = one.fields.filter((name) => name !== field);
    if (here !== section) return { ...one, fields };
    // The place was counted with the field still in it.
    const to = old !== -1 && old < at ? at - 1 : at;
    return { ...one, fields: [...fields.slice(0, to), field, ...fields.slice(to)] };
  });
}

/** Leaves a field out of a section, or of the page. */
export function hidden(
  sections: readonly Section[], field: string, section?: number,
): readonly Section[] {
  return sections.map((one, here) => (section !== undefined && here !== section ? one
    : { ...one, fields: one.fields.filter((name) => name !== field) }
  ));
}

/** One step up or down from where it stands in a section, across the edges of sections. */
export function stepped(
  sections: readonly Section[], field: string, down: boolean, section: number,
): readonly Section[] {
  const own = sections[section];
  if (!own) return sections;
  const at = own.fields.indexOf(field);
  if (down && at < own.fields.length - 1) return placed(sections, field, { section, at: at + 2 });
  if (!down && at > 0) return placed(sections, field, { section, at: at - 1 });
  const next = sections[section + (down ? 1 : -1)];
  if (!next) return sections;
  const place = { section: section + (down ? 1 : -1), at: down ? 0 : next.fields.length };
  return placed(hidden(sections, field, section), field, place);
}

/** A section goes; its fields are not shown any more. */
export function without(sections: readonly Section[], section: number): readonly Section[] {
  return sections.filter((_, here) => here !== section);
}
