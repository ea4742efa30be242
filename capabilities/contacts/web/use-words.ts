import { useMemo } from 'react';
import { fieldOf, labelOf, useObjectMeta } from '@/api/meta';
import type { ObjectMeta } from '@/api/types';
import { useText } from '@/i18n/use-text';
import type { DepartmentRole, Layer } from './standing';

export type Words = Readonly<{
  layer: (layer: Layer | string) => string;
  role: (role: DepartmentRole | string) => string;
  strength: (strength: string) => string;
  standing: (field: string, value: string) => string;
  personClass: (name: string) => string;
}>;

/** What the options of fields are called, as the workspace names them. */
export function useWords(): Words {
  const { t, language } = useText();
  const contact = useObjectMeta('contact');
  const influence = useObjectMeta('contact_influence');
  const standing = useObjectMeta('contact_standing');
  const concern = useObjectMeta('person_concern');
  return useMemo(() => {
    const named = (object: ObjectMeta | undefined, field: string, value: string) => {
      const found = object && fieldOf(object, field)?.options?.find(({ key }) => key === value);
      return found ? labelOf(found.label, language, value) : value;
    };
    return {
      layer: (layer) => (
        layer === '' ? t('people_map.no_layer') : named(contact, 'layer', layer)
      ),
      role: (role) => (
        role === '' ? t('people_map.no_function') : named(contact, 'function', role)
      ),
      strength: (strength) => named(influence, 'strength', strength),
      standing: (field, value) => named(standing, field, value),
      personClass: (name) => named(concern, 'person_class', name),
    };
  }, [concern, contact, influence, standing, language, t]);
}
