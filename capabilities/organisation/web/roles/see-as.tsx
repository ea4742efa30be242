import { useMutation } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api } from '@/api/client';
import { isSystem, labelOf, useMeta } from '@/api/meta';
import type { paths } from '@/api/schema';
import type { ObjectMeta } from '@/api/types';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { recordPath } from '@/records/record-path';
import { FailedLine } from '@/ui/states';
import { writeRights } from './rights';
import type { RoleRights } from './rights';
import styles from '../organisation.module.css';

type Seen = paths['/access/preview']['post']['responses']['200']['content']['application/json'];
type Props = Readonly<{ who: string | null; roleKey: string; role: RoleRights }>;

/** What somebody finds of one kind of record, as the server answers him. */
export function SeeAs({ who, roleKey, role }: Props) {
  const { t, language } = useText();
  const { objects } = useMeta();
  const [name, setName] = useState('account');
  const object = objects.find((one) => one.api_name === name);
  const asked = useMutation({
    mutationFn: () => api.post<Seen>('/access/preview', {
      object: name,
      ...(who === null ? {} : { user: who }),
      ...(roleKey === '' ? {} : { role: roleKey }),
      rights: writeRights(role),
    }),
  });
  return (
    <div className={styles.stack}>
      <b>{t('roles.see_as')}</b>
      <span className="faint">{t('roles.see_as_text')}</span>
      <div className={styles.pair}>
        <div className={styles.field}>
          <label className={styles.label} htmlFor="see-as-object">{t('roles.see_as_object')}</label>
          <Select
            id="see-as-object"
            value={name}
            showSearch={{ optionFilterProp: 'label' }}
            options={objects.map((one) => ({
              value: one.api_name, label: labelOf(one.label, language, one.api_name),
            }))}
            onChange={(next: string) => {
              setName(next);
              asked.reset();
            }}
          />
        </div>
      </div>
      <div>
        <Button
          loading={asked.isPending}
          onClick={() => {
            asked.mutate();
          }}
        >
          {t('roles.see_as_show')}
        </Button>
      </div>
      {asked.error && <FailedLine error={asked.error} />}
      {asked.data && object && <Found seen={asked.data} object={object} who={who} />}
    </div>
  );
}

type FoundProps = Readonly<{ seen: Seen; object: ObjectMeta; who: string | null }>;

function Found({ seen, object, who }: FoundProps) {
  const { t, language } = useText();
  const named = object.fields.filter((field) => !isSystem(field));
  const rightOf = (field: string) =>
    seen.fields.find((one) => one.api_name === field)?.right ?? 'none';
  const withRight = (right: string) =>
    named.filter((field) => rightOf(field.api_name) === right);
  const hidden = withRight('none').map((field) => labelOf(field.label, language, field.api_name));
  const count = seen.count ?? seen.records.length;
  return (
    <div className={styles.stack} aria-live="polite">
      {seen.administrator && <span>{t('roles.see_as_admin')}</span>}
      <b>{count === 0 ? t('roles.see_as_nothing') : t('roles.see_as_count', { n: count })}</b>
      <span>
        {t('roles.see_as_fields', {
          edit: withRight('edit').length, read: withRight('read').length, none: hidden.length,
        })}
      </span>
      {hidden.length > 0 && (
        <span className="faint">
          {t('roles.see_as_hidden', { fields: hidden.join(t('roles.comma')) })}
        </span>
      )}
      <ul className={styles.list}>
        {seen.records.map((record) => (
          <li key={record.id}>
            <span>{asText(record.fields[object.primary_field]) || record.id}</span>
            {' '}
            {who !== null && (
              <Link
                className="plain-link"
                to={`${recordPath(object.api_name, record.id)}?tab=access&who=${who}`}
              >
                {t('roles.see_as_why')}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
