import { Button, Table } from 'antd';
import type { TableColumnsType } from 'antd';
import { CircleAlert, CircleCheck } from 'lucide-react';
import { labelOf, useMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { errorsUrl } from '@/imports/import-api';
import type { ImportJob, ImportReport } from '@/imports/import-api';
import { formatCount } from '@/lib/money';
import { Panel } from '@/ui/page';
import { FailedLine } from '@/ui/states';
import { DuplicateQuestion } from './duplicate-question';
import { useRun } from './use-run';
import styles from './imports.module.css';

type Props = Readonly<{ job: ImportJob; onBack: () => void }>;
type RowError = NonNullable<ImportReport['errors']>[number];

/** What the import would do, before anything is written. */
export function Report({ job, onBack }: Props) {
  const { t } = useText();
  const { run, isDuplicate } = useRun(job);
  const { report } = job;
  if (report?.rows === undefined) return null;
  return (
    <div className={styles.stack}>
      <Summary report={report} />
      <Links report={report} />
      <Errors job={job} report={report} />
      {run.isError && !isDuplicate && <FailedLine error={run.error} />}
      <div className={styles.actions}>
        <Button
          type="primary"
          loading={run.isPending}
          disabled={report.valid === 0}
          onClick={() => {
            run.mutate(null);
          }}
        >
          {t('imports.run', { n: formatCount(report.valid) })}
        </Button>
        <Button disabled={run.isPending} onClick={onBack}>{t('imports.change_mapping')}</Button>
        <span className="faint">{t('imports.run_text')}</span>
      </div>
      {isDuplicate && (
        <DuplicateQuestion
          onAnswer={(repeat) => {
            run.mutate(repeat);
          }}
          onCancel={() => {
            run.reset();
          }}
        />
      )}
    </div>
  );
}

function Summary({ report }: Readonly<{ report: ImportReport }>) {
  const { t, language } = useText();
  const { objects } = useMeta();
  const creates = Object.entries(report.creates ?? {}).filter(([, count]) => count > 0);
  const label = (name: string) => {
    const object = objects.find((one) => one.api_name === name);
    return labelOf(object?.label, language, name);
  };
  const good = report.failed === 0;
  return (
    <Panel>
      <div className={styles.verdict} data-tone={good ? 'good' : 'warn'}>
        {good ? <CircleCheck size={18} aria-hidden /> : <CircleAlert size={18} aria-hidden />}
        <b>
          {good
            ? t('imports.all_valid', { n: formatCount(report.valid) })
            : t('imports.some_failed', {
              n: formatCount(report.valid), failed: formatCount(report.failed),
            })}
        </b>
      </div>
      <dl className={styles.counts}>
        <div><dt>{t('imports.count.rows')}</dt><dd>{formatCount(report.rows)}</dd></div>
        <div><dt>{t('imports.count.valid')}</dt><dd>{formatCount(report.valid)}</dd></div>
        <div><dt>{t('imports.count.failed')}</dt><dd>{formatCount(report.failed)}</dd></div>
        <div><dt>{t('imports.count.duplicates')}</dt><dd>{formatCount(report.duplicates)}</dd></div>
        {creates.map(([name, count]) => (
          <div key={name}>
            <dt>{t('imports.count.creates', { object: label(name) })}</dt>
            <dd>{formatCount(count)}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

function Links({ report }: Readonly<{ report: ImportReport }>) {
  const { t } = useText();
  if (!report.links?.length) return null;
  return (
    <Panel title={t('imports.links')}>
      <table className={styles.links}>
        <thead>
          <tr>
            <th scope="col">{t('imports.column.name')}</th>
            <th scope="col">{t('imports.link.matched')}</th>
            <th scope="col">{t('imports.link.to_create')}</th>
            <th scope="col">{t('imports.link.unmatched')}</th>
          </tr>
        </thead>
        <tbody>
          {report.links.map((link) => (
            <tr key={link.column}>
              <th scope="row">{link.column}</th>
              <td>{formatCount(link.matched)}</td>
              <td>{formatCount(link.to_create)}</td>
              <td data-bad={link.unmatched > 0}>{formatCount(link.unmatched)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

const ERRORS_PER_PAGE = 20;

export function Errors({ job, report }: Readonly<{ job: ImportJob; report: ImportReport }>) {
  const { t } = useText();
  const errors = report.errors ?? [];
  if (errors.length === 0) return null;
  const columns: TableColumnsType<RowError> = [
    { title: t('imports.error.row'), width: 90, align: 'end', className: 'tabular',
      render: (_, error) => formatCount(error.row) },
    { title: t('imports.column.name'), width: 180, ellipsis: true,
      render: (_, error) => error.column },
    { title: t('imports.error.message'), render: (_, error) => error.message },
  ];
  return (
    <Panel
      flush
      title={t('imports.errors')}
      tools={<a href={errorsUrl(job.id)} download>{t('imports.error_file')}</a>}
    >
      <Table<RowError>
        size="small" columns={columns} dataSource={errors} scroll={{ x: 560 }}
        className={styles.mapping}
        rowKey={(error) => `${error.row} ${error.column ?? ''} ${error.code}`}
        pagination={errors.length > ERRORS_PER_PAGE ? { pageSize: ERRORS_PER_PAGE } : false}
      />
    </Panel>
  );
}
