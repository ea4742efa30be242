import { fieldOf, labelOf } from '@/api/meta';
import type { Filter, ObjectMeta } from '@/api/types';
import { asText } from '@/fields/widget';
import type { Language } from '@/i18n/language';
import type { Translate } from '@/i18n/use-text';
import { useText } from '@/i18n/use-text';

const SIGNS: Readonly<Record<string, string>> = {
  eq: '=', ne: '≠', lt: '<', lte: '≤', gt: '>', gte: '≥',
};

function describe(
  filter: Filter, object: ObjectMeta, language: Language, t: Translate,
): string {
  if (filter.op === 'and' || filter.op === 'or') {
    const parts = (filter.args ?? []).map((part) => describe(part, object, language, t));
    const word = t(filter.op === 'or' ? 'filter.or' : 'filter.and');
    return parts.join(` ${word} `);
  }
  if (filter.op === 'not') {
    const parts = (filter.args ?? []).map((part) => describe(part, object, language, t));
    const not = t('filter.not');
    return `${not} ${parts.join(' ')}`;
  }
  const name = filter.field ?? filter.rel ?? '';
  if (name === 'id' && Array.isArray(filter.value)) {
    return t('filter.chosen', { n: filter.value.length });
  }
  const label = labelOf(fieldOf(object, name)?.label, language, name);
  const sign = SIGNS[filter.op];
  if (sign === undefined) return label;
  return `${label} ${sign} ${asText(filter.value)}`;
}

/** The filter of a list in a few words. */
export function FilterText({ filter, object }: { filter: Filter; object: ObjectMeta }) {
  const { t, language } = useText();
  return <span>{describe(filter, object, language, t)}</span>;
}
