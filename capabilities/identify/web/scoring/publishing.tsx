import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import { useMeta } from '@/api/meta';
import { finishedJob } from '@/api/jobs';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { recordQuery } from '@/api/records';
import type { RecordRow } from '@/api/types';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { showToast } from '@/ui/toast';
import { previewQuery, publishModel, retireModel, rollBack } from './scoring-api';
import styles from './scoring.module.css';

const VERSIONS = 50;

/** Puts something in force and waits until all accounts are scored by it. */
function useInForce() {
  const { t } = useText();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (begin: () => Promise<Readonly<{ job: string }>>) => {
      const { job } = await begin();
      return finishedJob(job);
    },
    onSuccess: async (job) => {
      await client.invalidateQueries({ queryKey: ['records'] });
      if (job.state === 'done') showToast({ tone: 'success', text: t('scoring.done') });
      else showToast({ tone: 'error', text: t('scoring.job_failed') });
    },
    onError: (error) => {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    },
  });
}

/** Publishing, going back to an earlier version and taking the model out of force. */
export function Publishing({ record, blocked }: Readonly<{
  record: RecordRow; blocked: boolean;
}>) {
  const { t } = useText();
  const preview = useQuery(previewQuery(record.id, record.version, null)).data;
  const run = useInForce();
  const published = record.fields.state === 'published';
  return (
    <>
      <Versions
        record={record}
        onBack={(to) => {
          run.mutate(() => rollBack(record.id, to));
        }}
      />
      {published && (
        <Popconfirm
          title={t('scoring.retire_ask')} description={t('scoring.retire_text')}
          okText={t('scoring.retire')} cancelText={t('action.cancel')}
          onConfirm={() => {
            run.mutate(() => retireModel(record.id));
          }}
        >
          <Button disabled={run.isPending}>{t('scoring.retire')}</Button>
        </Popconfirm>
      )}
      <Popconfirm
        title={t('scoring.publish_ask')}
        description={preview && t('scoring.publish_text', {
          n: preview.accounts, up: preview.up, down: preview.down,
        })}
        okText={t('scoring.publish')} cancelText={t('action.cancel')}
        onConfirm={() => {
          run.mutate(() => publishModel(record.id));
        }}
      >
        <Button type="primary" loading={run.isPending} disabled={blocked}>
          {t('scoring.publish')}
        </Button>
      </Popconfirm>
    </>
  );
}

function Versions({ record, onBack }: Readonly<{
  record: RecordRow; onBack: (to: number) => void;
}>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const [chosen, setChosen] = useState<number | null>(null);
  const found = useQuery(recordQuery('scoring_version', {
    select: ['number', 'published_at'], where: { op: 'eq', field: 'model', value: record.id },
    sort: [{ field: 'number', dir: 'desc' }], page: { limit: VERSIONS },
  }));
  const options = (found.data?.records ?? []).map(({ fields }) => ({
    value: Number(asText(fields.number)),
    label: t('scoring.version_at', {
      n: asText(fields.number),
      at: formatDateTime(asText(fields.published_at), workspace.time_zone),
    }),
  }));
  if (options.length === 0) return null;
  return (
    <span className={styles.versions}>
      <Select<number | null>
        aria-label={t('scoring.versions')} placeholder={t('scoring.versions')} value={chosen}
        allowClear popupMatchSelectWidth={false} options={options}
        onChange={(value) => {
          setChosen(value ?? null);
        }}
      />
      {chosen !== null && (
        <Popconfirm
          title={t('scoring.back_ask', { n: chosen })} description={t('scoring.back_text')}
          okText={t('scoring.back')} cancelText={t('action.cancel')}
          onConfirm={() => {
            onBack(chosen);
            setChosen(null);
          }}
        >
          <Button>{t('scoring.back')}</Button>
        </Popconfirm>
      )}
    </span>
  );
}
