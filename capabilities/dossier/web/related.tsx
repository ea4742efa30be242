import { useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { Link } from 'react-router';
import { fieldOf, labelOf, useMeta, useObjectMeta } from '@/api/meta';
import { linkPath, recordQuery } from '@/api/records';
import type { Query } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { listPath } from '@/records/record-path';
import { Panel } from '@/ui/page';
import { Failed, TableSkeleton } from '@/ui/states';
import { RecordTable } from './record-table';
import styles from './dossier.module.css';

const SHOWN = 50;

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
      {found.data && (
        <RecordTable object={object} columns={columns} records={found.data.records} />
      )}
    </Panel>
  );
}
