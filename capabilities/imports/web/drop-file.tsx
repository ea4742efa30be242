import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Progress } from 'antd';
import { FileUp } from 'lucide-react';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { upload } from '@/api/client';
import { useText } from '@/i18n/use-text';
import type { ImportJob } from '@/imports/import-api';
import { useDropTarget } from '@/ui/drop-target';
import { useUrlState } from '@/ui/url-state';
import { FailedLine } from '@/ui/states';
import styles from './imports.module.css';

function useUpload() {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [share, setShare] = useState(0);
  const [params] = useUrlState();
  const object = params.get('object');
  const stop = useRef<AbortController>(null);
  const sending = useMutation({
    mutationFn: (file: File) => {
      stop.current = new AbortController();
      setShare(0);
      return upload<ImportJob>('/imports', file, setShare, stop.current.signal);
    },
    onSuccess: async (job) => {
      await client.invalidateQueries({ queryKey: ['imports', 'list'] });
      await navigate(`/import/${job.id}${object === null ? '' : `?object=${object}`}`);
    },
  });
  return {
    sending, share,
    cancel: () => {
      stop.current?.abort();
      sending.reset();
    },
  };
}

export function DropFile() {
  const { t } = useText();
  const { sending, share, cancel } = useUpload();
  const input = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file && !sending.isPending) sending.mutate(file);
  };
  const { over, handlers } = useDropTarget(true, (event) => {
    take(event.dataTransfer.files);
  });
  return (
    <div className={over ? styles.dropOver : styles.drop} {...handlers}>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('imports.choose')}
        accept=".csv,.txt,.tsv,.xlsx"
        onChange={(event) => {
          take(event.target.files);
          event.target.value = '';
        }}
      />
      <FileUp size={26} strokeWidth={1.5} aria-hidden className={styles.dropIcon} />
      {sending.isPending ? (
        <div className={styles.sending}>
          <span>{t('imports.sending', { name: sending.variables.name })}</span>
          <Progress percent={Math.round(share * 100)} size="small" />
          <Button size="small" onClick={cancel}>{t('action.cancel')}</Button>
        </div>
      ) : (
        <>
          <b>{t('imports.drop')}</b>
          <span className="faint">{t('imports.drop_text')}</span>
          <Button type="primary" onClick={() => input.current?.click()}>
            {t('imports.choose')}
          </Button>
        </>
      )}
      {sending.isError && (
        <FailedLine
          error={sending.error}
          retry={() => {
            sending.mutate(sending.variables);
          }}
        />
      )}
    </div>
  );
}
