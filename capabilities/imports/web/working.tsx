import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Progress } from 'antd';
import { useText } from '@/i18n/use-text';
import { act } from '@/imports/import-api';
import type { ImportJob } from '@/imports/import-api';
import { formatCount } from '@/lib/money';
import { Panel } from '@/ui/page';
import { FailedLine } from '@/ui/states';
import styles from './imports.module.css';

/** The server is at work: how far it is, and a way to stop it. */
export function Working({ job }: Readonly<{ job: ImportJob }>) {
  const { t } = useText();
  const client = useQueryClient();
  const { done = 0, total = 0 } = job.progress ?? {};
  const cancel = useMutation({
    mutationFn: () => act(job.id, 'cancel'),
    onSuccess: () => client.invalidateQueries({ queryKey: ['imports'] }),
  });
  const percent = total > 0 ? Math.floor((done / total) * 100) : 0;
  return (
    <Panel title={t(job.state === 'planning' ? 'imports.planning' : 'imports.running')}>
      <div className={styles.stack} role="status">
        <Progress percent={percent} status="active" />
        <div className={styles.actions}>
          <span className="tabular">
            {t('imports.progress', { done: formatCount(done), total: formatCount(total) })}
          </span>
          <Button
            loading={cancel.isPending}
            onClick={() => {
              cancel.mutate();
            }}
          >
            {t('imports.stop')}
          </Button>
        </div>
        <span className="faint">{t('imports.leave')}</span>
        {cancel.isError && <FailedLine error={cancel.error} />}
      </div>
    </Panel>
  );
}
