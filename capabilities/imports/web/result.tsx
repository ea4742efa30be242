import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Modal } from 'antd';
import { Ban, CircleCheck, CircleX, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useText } from '@/i18n/use-text';
import { act, errorsUrl } from '@/imports/import-api';
import type { ImportJob } from '@/imports/import-api';
import { formatCount } from '@/lib/money';
import { listPath } from '@/records/record-path';
import { Panel } from '@/ui/page';
import { FailedLine, Notice } from '@/ui/states';
import { Errors } from './report';
import styles from './imports.module.css';

/** How it ended; where to go from here; and the way back. */
export function Result({ job }: Readonly<{ job: ImportJob }>) {
  const { t } = useText();
  const navigate = useNavigate();
  const counts = t('imports.result', {
    created: formatCount(job.created ?? 0), updated: formatCount(job.updated ?? 0),
    failed: formatCount(job.failed ?? 0),
  });
  return (
    <div className={styles.stack}>
      <Panel>
        {job.state === 'done' && (
          <Notice icon={CircleCheck} title={t('imports.done')} text={counts}>
            {job.plan?.object === 'order_line' || job.object === 'order_line' ? (
              <Button type="primary" onClick={() => void navigate('/identify')}>
                {t('imports.see_accounts')}
              </Button>
            ) : job.object && (
              <Link to={listPath(job.object)}>
                <Button type="primary" tabIndex={-1}>{t('imports.see_records')}</Button>
              </Link>
            )}
            {(job.failed ?? 0) > 0 && (
              <a href={errorsUrl(job.id)} download>
                <Button tabIndex={-1}>{t('imports.error_file')}</Button>
              </a>
            )}
            <Revert job={job} />
          </Notice>
        )}
        {job.state === 'failed' && (
          <Notice
            icon={CircleX} tone="danger" title={t('imports.failed')}
            text={job.problem?.detail ?? job.problem?.title ?? counts}
          />
        )}
        {job.state === 'cancelled' && (
          <Notice icon={Ban} title={t('imports.cancelled')} text={counts}>
            {(job.created ?? 0) > 0 && <Revert job={job} />}
          </Notice>
        )}
        {job.state === 'reverted' && (
          <Notice icon={Undo2} title={t('imports.reverted')} text={t('imports.reverted_text')} />
        )}
      </Panel>
      {job.report && (job.failed ?? 0) > 0 && <Errors job={job} report={job.report} />}
    </div>
  );
}

/** Taking an import back touches many records, so the person types the name of the file. */
function Revert({ job }: Readonly<{ job: ImportJob }>) {
  const { t } = useText();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState('');
  const revert = useMutation({
    mutationFn: () => act(job.id, 'revert'),
    onSuccess: async () => {
      setAsking(false);
      await client.invalidateQueries();
    },
  });
  return (
    <>
      <Button
        onClick={() => {
          setAsking(true);
        }}
      >
        {t('imports.revert')}
      </Button>
      <Modal
        open={asking}
        title={t('imports.revert_title')}
        okText={t('imports.revert')}
        cancelText={t('action.cancel')}
        okButtonProps={{ danger: true, disabled: typed !== job.file_name }}
        confirmLoading={revert.isPending}
        onOk={() => {
          revert.mutate();
        }}
        onCancel={() => {
          setAsking(false);
        }}
      >
        <p className={styles.question}>{t('imports.revert_text', { name: job.file_name })}</p>
        <Input
          aria-label={t('imports.revert_label')}
          placeholder={job.file_name}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
          }}
        />
        {revert.isError && <FailedLine error={revert.error} />}
      </Modal>
    </>
  );
}
