import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { Clock } from 'lucide-react';
import { useText } from '@/i18n/use-text';
import { Panel } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import { timelineOf } from './dossier-api';
import { Entry } from './entry';
import { KINDS } from './entry-text';
import { KIND_TEXTS, textKey } from './text-keys';
import styles from './dossier.module.css';

/** Everything that happened with an account, newest first. */
export default function Timeline({ id }: Readonly<{ id: string }>) {
  const { t } = useText();
  const [params, change] = useUrlState();
  const kinds = params.get('kinds') ?? '';
  const found = useInfiniteQuery(timelineOf(id, kinds));
  const entries = found.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <Panel
      title={t('dossier.timeline')}
      tools={(
        <Select
          mode="multiple" allowClear maxTagCount="responsive" style={{ minWidth: 220 }}
          aria-label={t('dossier.kinds')} placeholder={t('dossier.kinds')}
          value={kinds === '' ? [] : kinds.split(',')}
          options={KINDS.map((kind) => ({ value: kind, label: t(textKey(KIND_TEXTS, kind)) }))}
          onChange={(next: string[]) => {
            change({ kinds: next.join(',') }, { replace: true });
          }}
        />
      )}
    >
      {found.isPending && <TableSkeleton rows={6} columns={2} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && entries.length === 0 && (
        <Notice icon={Clock} title={t('dossier.nothing_yet')} />
      )}
      <ol className={styles.timeline}>
        {entries.map((entry) => <Entry key={entry.kind + entry.id} entry={entry} />)}
      </ol>
      {found.hasNextPage && (
        <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('dossier.more')}
        </Button>
      )}
    </Panel>
  );
}
