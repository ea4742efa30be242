import { useQuery } from '@tanstack/react-query';
import { Button, Table } from 'antd';
import { ArrowRight, Users as UsersIcon } from 'lucide-react';
import { Link } from 'react-router';
import { useObjectMeta } from '@/api/meta';
import { recordQuery } from '@/api/records';
import type { RecordRow } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { columnsOf } from '@/records/list-state';
import { listColumns } from '@/records/list-columns';
import { listPath } from '@/records/record-path';
import { Panel } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import styles from './settings.module.css';

const SHOWN = 100;

/** The people of the workspace: the first hundred here, all of them in their table. */
export function Users() {
  const { t, language } = useText();
  const object = useObjectMeta('user');
  const fields = object ? columnsOf(object, 'login.email.active') : [];
  const found = useQuery({
    ...recordQuery('user', {
      select: fields.map((field) => field.api_name), page: { limit: SHOWN },
    }),
    enabled: object !== undefined,
  });
  if (!object) {
    const text = t('state.forbidden_text');
    return <Notice icon={UsersIcon} title={t('state.forbidden')} text={text} />;
  }
  if (found.isPending) return <TableSkeleton rows={5} columns={4} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const columns = listColumns({
    object, fields, sort: undefined, language, unnamed: t('value.unnamed'),
  }).map((column) => ({ ...column, sorter: false }));
  return (
    <Panel
      flush
      title={t('users.title')}
      tools={(
        <Link to={listPath('user')}>
          <Button tabIndex={-1} icon={<ArrowRight size={14} aria-hidden />} iconPlacement="end">
            {t('users.open')}
          </Button>
        </Link>
      )}
    >
      <Table<RecordRow>
        className={styles.table} size="small" rowKey="id" pagination={false} scroll={{ x: 640 }}
        columns={columns} dataSource={found.data.records}
      />
    </Panel>
  );
}
