import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { fieldOf, labelOf, optionLabel, useObjectMeta } from '@/api/meta';
import type { ObjectMeta, RecordRow } from '@/api/types';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { ownRolesQuery } from './people-api';
import styles from '../organisation.module.css';

const COLUMNS = [
  { field: 'login', path: 'login' }, { field: 'title', path: 'title' },
  { field: 'department', path: 'department.name' }, { field: 'manager', path: 'manager.name' },
] as const;

const keysOf = (value: unknown) => (Array.isArray(value) ? value.map(asText) : []);

type Props = Readonly<{
  object: ObjectMeta; rows: readonly RecordRow[]; onOpen: (id: string) => void;
}>;

/** People, a line each; anywhere on a line opens the person. */
export function PeopleTable({ object, rows, onOpen }: Props) {
  const { language } = useText();
  const heading = (field: string) => labelOf(fieldOf(object, field)?.label, language, field);
  return (
    <div className={styles.scroll}>
      <table className={`${styles.matrix} ${styles.people}`}>
        <thead>
          <tr>
            {['name', ...COLUMNS.map((one) => one.field), 'roles'].map((field) => (
              <th scope="col" key={field}>{heading(field)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((record) => (
            <Person key={record.id} object={object} record={record} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function useRoleNames(object: ObjectMeta, record: RecordRow): readonly string[] {
  const { language } = useText();
  const seesRoles = useObjectMeta('role') !== undefined;
  const own = useQuery({ ...ownRolesQuery, enabled: seesRoles });
  const shipped = fieldOf(object, 'roles')?.options ?? [];
  return [
    ...shipped.filter((one) => keysOf(record.fields.roles).includes(one.key))
      .map((one) => optionLabel(one, language)),
    ...(own.data ?? []).filter((one) => keysOf(record.fields.own_roles).includes(one.id))
      .map((one) => asText(one.fields.name)),
  ];
}

function Person({ object, record, onOpen }: Readonly<{
  object: ObjectMeta; record: RecordRow; onOpen: (id: string) => void;
}>) {
  const { t } = useText();
  const { fields } = record;
  const roles = useRoleNames(object, record);
  const open = () => {
    onOpen(record.id);
  };
  return (
    <tr className={styles.person} onClick={open}>
      <th scope="row">
        <Button className={styles.open} type="link" onClick={open}>
          {asText(fields.name) || t('value.unnamed')}
        </Button>
        {fields.active === false && (
          <>{' '}<span className={styles.tag}>{t('people.is_disabled')}</span></>
        )}
      </th>
      {COLUMNS.map(({ field, path }) => (
        <td key={field}>{asText(fields[path])}</td>
      ))}
      <td>
        <div className={styles.tags}>
          {roles.map((role) => <span className={styles.tag} key={role}>{role}</span>)}
        </div>
      </td>
    </tr>
  );
}
