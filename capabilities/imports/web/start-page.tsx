import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Table } from 'antd';
import type { TableColumnsType } from 'antd';
import { FileSpreadsheet } from 'lucide-react';
import { Link } from 'react-router';
import { labelOf, useMeta } from '@/api/meta';
import { importList } from '@/imports/import-api';
import type { ImportJob } from '@/imports/import-api';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { formatCount } from '@/lib/money';
import { Page, Panel } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { DropFile } from './drop-file';
import { StateMark } from './state-mark';

const SHOWN = 20;

/** Hand over a file; below it what was imported lately. */
export default function StartPage() {
  const { t } = useText();
  return (
    <Page title={t('imports.title')} note={t('imports.note')}>
      <DropFile />
      <Recent />
    </Page>
  );
}

function useColumns(): TableColumnsType<ImportJob> {
  const { t, language } = useText();
  const { workspace, objects } = useMeta();
  return [
    { title: t('imports.column.file'), ellipsis: true, width: 300,
      render: (_, job) => (
        <Link className="plain-link" to={`/import/${job.id}`}>{job.file_name}</Link>
      ) },
    { title: t('imports.column.object'), width: 130, render: (_, job) => {
      const object = objects.find((one) => one.api_name === job.object);
      return object ? labelOf(object.label, language, object.api_name) : '';
    } },
    { title: t('imports.column.state'), width: 130, render: (_, job) => (
      <StateMark state={job.state} />
    ) },
    { title: t('imports.column.rows'), width: 110, align: 'end', className: 'tabular',
      render: (_, job) => formatCount(job.rows) },
    { title: t('imports.column.failed'), width: 110, align: 'end', className: 'tabular',
      render: (_, job) => (job.failed === undefined ? '' : formatCount(job.failed)) },
    { title: t('imports.column.when'), width: 160, className: 'tabular',
      render: (_, job) => job.created_at && formatDateTime(job.created_at, workspace.time_zone) },
  ];
}

function Recent() {
  const { t } = useText();
  const client = useQueryClient();
  const found = useQuery(importList(SHOWN));
  const columns = useColumns();
  return (
    <Panel flush title={t('imports.recent')}>
      {found.isPending && <TableSkeleton rows={4} />}
      {found.isError && (
        <Failed
          error={found.error}
          retry={() => void client.invalidateQueries({ queryKey: ['imports'] })}
        />
      )}
      {found.data?.imports.length === 0 && (
        <Notice
          icon={FileSpreadsheet} title={t('imports.recent_none')} text={t('imports.recent_text')}
        />
      )}
      {found.data && found.data.imports.length > 0 && (
        <Table<ImportJob>
          size="small" rowKey="id" tableLayout="fixed" scroll={{ x: 860 }} pagination={false}
          columns={columns} dataSource={found.data.imports}
        />
      )}
    </Panel>
  );
}
