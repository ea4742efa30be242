import { Select } from 'antd';
import { isSystem, labelOf } from '@/api/meta';
import type { ObjectMeta } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { FIELD_RIGHTS, fieldRight, OTHERS, withField } from './rights';
import type { FieldRight, ObjectRights } from './rights';
import { FIELD_KEYS } from './rights-text';
import styles from '../organisation.module.css';

type Choice = FieldRight | 'as_others';

type Props = Readonly<{
  object: ObjectMeta; rights: ObjectRights; set: ((rights: ObjectRights) => void) | null;
}>;

/** What of an object's fields may be seen and changed; without `set` to read. */
export function FieldRights({ object, rights, set }: Props) {
  const { t, language } = useText();
  const lines = [
    { name: OTHERS, label: t('roles.other_fields') },
    ...object.fields.filter((field) => !isSystem(field)).map((field) => ({
      name: field.api_name, label: labelOf(field.label, language, field.api_name),
    })),
  ];
  return (
    <ul className={styles.fields}>
      {lines.map(({ name, label }) => {
        const right = fieldRight(rights, name);
        const asOthers = rights.fields?.[name] === undefined;
        const others = t(name === OTHERS ? 'roles.by_actions' : 'roles.field_as_others', {
          right: t(FIELD_KEYS[right]),
        });
        return (
          <li key={name}>
            <span className={asOthers ? 'faint' : styles.name}>{label}</span>
            {set ? (
              <Select<Choice>
                size="small" aria-label={label} popupMatchSelectWidth={false}
                variant={asOthers ? 'borderless' : 'outlined'}
                value={asOthers ? 'as_others' : right}
                options={[
                  { value: 'as_others', label: others },
                  ...FIELD_RIGHTS.map((value) => ({ value, label: t(FIELD_KEYS[value]) })),
                ]}
                onChange={(next) => {
                  set(withField(rights, name, next === 'as_others' ? null : next));
                }}
              />
            ) : (
              <span className={asOthers ? 'faint' : undefined}>
                {asOthers ? others : t(FIELD_KEYS[right])}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
