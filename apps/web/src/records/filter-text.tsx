import { labelOf, useMeta } from '@/api/meta';
import type { Filter, ObjectMeta, Value } from '@/api/types';
import { asText } from '@/fields/widget';
import { fieldAt, isGroup, isRelated, OP_TEXTS, relationsOf } from '@/filter/filter-ops';
import { ownFieldOf } from '@/filter/own-fields';
import type { Language } from '@/i18n/language';
import type { Translate } from '@/i18n/use-text';
import { useText } from '@/i18n/use-text';

const SIGNS: Readonly<Record<string, string>> = {
  eq: '=', ne: '≠', lt: '<', lte: '≤', gt: '>', gte: '≥',
};
const ID = /^[0-9A-HJKMNP-TV-Z]{13}$/;

class Description {
  constructor(
    private readonly objects: readonly ObjectMeta[], private readonly language: Language,
    private readonly t: Translate,
  ) {}

  of(filter: Filter, object: ObjectMeta): string {
    if (isGroup(filter)) return this.group(filter, object);
    if (isRelated(filter)) return this.related(filter, object);
    const name = filter.field ?? '';
    if (name === 'id' && Array.isArray(filter.value)) {
      return this.t('filter.chosen', { n: filter.value.length });
    }
    const label = this.path(object, name);
    const sign = SIGNS[filter.op] ?? this.t(OP_TEXTS[filter.op]);
    return `${label} ${sign} ${this.value(filter.value, object, name)}`.trim();
  }

  private group(filter: Filter, object: ObjectMeta): string {
    const parts = (filter.args ?? []).map((part) => this.of(part, object));
    if (filter.op === 'not') return `${this.t('filter.not')} ${parts.join(' ')}`;
    return parts.join(` ${this.t(filter.op === 'or' ? 'filter.or' : 'filter.and')} `);
  }

  private related(filter: Filter, object: ObjectMeta): string {
    const relation = relationsOf(this.objects, object).find(({ rel, object: other }) => (
      rel === filter.rel || other.api_name === filter.rel
    ));
    const name = labelOf(relation?.object.label, this.language, filter.rel);
    const where = relation && filter.where ? this.of(filter.where, relation.object) : '';
    return `${this.t(OP_TEXTS[filter.op])} ${name}${where && ` (${where})`}`;
  }

  private path(object: ObjectMeta, path: string): string {
    const names = path.split('.');
    return names.map((name, at) => {
      const field = fieldAt(this.objects, object, names.slice(0, at + 1).join('.'));
      return labelOf(field?.label, this.language, name);
    }).join(' › ');
  }

  private value(value: Value, object: ObjectMeta, path: string): string {
    const own = ownFieldOf(value);
    if (own === 'id') return this.t('filter.holder');
    if (own !== null) {
      const people = this.objects.find((one) => one.api_name === 'user');
      const field = people && fieldAt(this.objects, people, own);
      return this.t('filter.of_holder', { field: labelOf(field?.label, this.language, own) });
    }
    const options = fieldAt(this.objects, object, path)?.options;
    const word = (one: Value) => {
      const text = asText(one);
      if (ID.test(text)) return '…';
      return labelOf(options?.find(({ key }) => key === text)?.label, this.language, text);
    };
    return Array.isArray(value) ? value.map(word).join(', ') : word(value);
  }
}

/** The filter of a list in a few words. */
export function FilterText({ filter, object }: { filter: Filter; object: ObjectMeta }) {
  const { t, language } = useText();
  const { objects } = useMeta();
  return <span>{new Description(objects, language, t).of(filter, object)}</span>;
}
