import { useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { Link } from 'react-router';
import { fieldOf, labelOf, useMeta, useObjectMeta } from '@/api/meta';
import { linkPath, recordQuery } from '@/api/records';
import type { FieldMeta, Query } from '@/api/types';
import { FieldValue } from '@/fields/field-value';
import { useText } from '@/i18n/use-text';
import { listPath, recordPath } from '@/records/record-path';
import { Panel } from '@/ui/page';
import { Failed, TableSkeleton } from '@/ui/states';
import styles from './dossier.module.css';

const SHOWN = 50;
const NUMBERS = new Set(['money', 'decimal', 'percent', 'integer']);

type Props = Readonly<{
  object: string; account: string; columns: readonly string[]; sort: string;
}>;

/** Records of an account in short, and the way to all of them. */
export function Related({ object: name, account, columns, sort }: Props) {
  const { t, language } = useText();
  const { objects } = useMeta();
  const object = useObjectMeta(name);
  const where = { op: 'eq', field: 'account', value: account } as const;
  const fields = columns.flatMap((column) => {
    const field = object && fieldOf(object, column);
    return field ? [field] : [];
  });
  const select = fields.flatMap((field) => {
    const path = linkPath(field, objects);
    return path === null ? [field.api_name] : [field.api_name, path];
  });
  const query: Query = {
    select, where, sort: [{ field: sort, dir: 'desc', nulls: 'last' }], page: { limit: SHOWN },
  };
  const found = useQuery({ ...recordQuery(name, query), enabled: select.length > 0 });
  if (!object?.rights.read || fields.length === 0) return null;
  const all = new URLSearchParams({ where: JSON.stringify(where) }).toString();
  return (
    <Panel
      flush
      title={labelOf(object.label, language, name)}
      tools={(
        <Link to={`${listPath(name)}?${all}`} className={styles.open}>
          {t('dossier.all')} <ArrowRight size={14} aria-hidden />
        </Link>
      )}
    >
      {found.isPending && <TableSkeleton rows={3} columns={4} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data?.records.length === 0 && (
        <p className={styles.nothing}>{t('dossier.nothing_yet')}</p>
      )}
      {found.data && found.data.records.length > 0 && (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                {fields.map((field) => (
                  <th key={field.api_name} className={alignOf(field)} scope="col">
                    {labelOf(field.label, language, field.api_name)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {found.data.records.map((record) => (
                <tr key={record.id}>
                  {fields.map((field, index) => (
                    <td key={field.api_name} className={alignOf(field)}>
                      {index === 0 ? (
                        <Link to={recordPath(name, record.id)}>
                          <FieldValue field={field} fields={record.fields} />
                        </Link>
                      ) : <FieldValue field={field} fields={record.fields} />}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

function alignOf(field: FieldMeta): string | undefined {
  return NUMBERS.has(field.type) ? styles.right : undefined;
}
