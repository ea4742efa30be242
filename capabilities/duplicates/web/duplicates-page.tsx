import { useQuery } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { useText } from '@/i18n/use-text';
import { Page, Panel } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { duplicatesQuery } from './duplicates-api';
import type { Pair } from './duplicates-api';
import { GroupPanel } from './group-panel';
import { MergeDialog } from './merge-dialog';
import { RecentMerges } from './recent-merges';
import styles from './duplicates.module.css';

/** Accounts that are probably one customer, and merging them. */
export default function DuplicatesPage() {
  const { t } = useText();
  const found = useQuery(duplicatesQuery);
  const [pair, setPair] = useState<Pair | null>(null);
  const groups = found.data?.groups ?? [];
  return (
    <Page narrow title={t('duplicates.title')} note={t('duplicates.note')}>
      {found.isPending && <Panel flush><TableSkeleton rows={4} columns={2} /></Panel>}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data && groups.length === 0 && (
        <Panel flush>
          <Notice
            icon={CircleCheck} title={t('duplicates.none')} text={t('duplicates.none_text')}
          />
        </Panel>
      )}
      {groups.map((group) => <GroupPanel key={group.name} group={group} onMerge={setPair} />)}
      {found.data?.truncated && <p className={styles.hint}>{t('duplicates.truncated')}</p>}
      <RecentMerges />
      {pair && (
        <MergeDialog
          pair={pair}
          onClose={() => {
            setPair(null);
          }}
        />
      )}
    </Page>
  );
}
