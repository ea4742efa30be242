import type { Section } from '@/records/layout';

export type Place = Readonly<{ section: number; at: number }>;

/** A field goes to a place of a section, from wherever it was. */
export function placed(
  sections: readonly Section[], field: string, { section, at }: Place,
): readonly Section[] {
  return sections.map((one, here) => {
    const old = one.fields.indexOf(field);
    const fields = one.fields.filter((name) => name !== field);
    if (here !== section) return { ...one, fields };
    // The place was counted with the field still in it.
    const to = old !== -1 && old < at ? at - 1 : at;
    return { ...one, fields: [...fields.slice(0, to), field, ...fields.slice(to)] };
  });
}

/** Leaves a field out of the page. */
export function hidden(sections: readonly Section[], field: string): readonly Section[] {
  return sections.map((one) => (
    { ...one, fields: one.fields.filter((name) => name !== field) }
  ));
}

/** One step up or down, across the edges of sections. */
export function stepped(
  sections: readonly Section[], field: string, down: boolean,
): readonly Section[] {
  const section = sections.findIndex(({ fields }) => fields.includes(field));
  const own = sections[section];
  if (!own) return sections;
  const at = own.fields.indexOf(field);
  if (down && at < own.fields.length - 1) return placed(sections, field, { section, at: at + 2 });
  if (!down && at > 0) return placed(sections, field, { section, at: at - 1 });
  const next = sections[section + (down ? 1 : -1)];
  if (!next) return sections;
  const place = { section: section + (down ? 1 : -1), at: down ? 0 : next.fields.length };
  return placed(sections, field, place);
}

/** A section goes; its fields are not shown any more. */
export function without(sections: readonly Section[], section: number): readonly Section[] {
  return sections.filter((_, here) => here !== section);
}
