import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { fieldOf, labelOf } from '@/api/meta';
import type { FieldMeta, ObjectMeta, RecordRow } from '@/api/types';
import { FieldValue } from '@/fields/field-value';
import { useText } from '@/i18n/use-text';
import { recordPath } from '@/records/record-path';
import styles from './dossier.module.css';

const NUMBERS = new Set(['money', 'decimal', 'percent', 'integer']);

type Props = Readonly<{
  object: ObjectMeta;
  columns: readonly string[];
  records: readonly RecordRow[];
  /** A column behind the fields. */
  more?: Readonly<{ title: string; of: (record: RecordRow) => ReactNode }>;
}>;

/** Records in short, the first column as the way to each of them. */
export function RecordTable({ object, columns, records, more }: Props) {
  const { t, language } = useText();
  const fields = columns.flatMap((name) => fieldOf(object, name) ?? []);
  if (records.length === 0) return <p className={styles.nothing}>{t('dossier.nothing_yet')}</p>;
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            {fields.map((field) => (
              <th key={field.api_name} className={alignOf(field)} scope="col">
                {labelOf(field.label, language, field.api_name)}
              </th>
            ))}
            {more && <th scope="col">{more.title}</th>}
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <tr key={record.id}>
              {fields.map((field, index) => (
                <td key={field.api_name} className={alignOf(field)}>
                  {index === 0 ? (
                    <Link to={recordPath(object.api_name, record.id)}>
                      <FieldValue field={field} fields={record.fields} />
                    </Link>
                  ) : <FieldValue field={field} fields={record.fields} />}
                </td>
              ))}
              {more && <td>{more.of(record)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function alignOf(field: FieldMeta): string | undefined {
  return NUMBERS.has(field.type) ? styles.right : undefined;
}
