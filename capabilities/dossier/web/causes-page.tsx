import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { CheckCheck } from 'lucide-react';
import { Link } from 'react-router';
import { useMeta } from '@/api/meta';
import type { RecordRow } from '@/api/types';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { LoadMore } from '@/records/load-more';
import { Definition } from '@/ui/definition';
import { Page, Panel } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import { CauseDialog } from './cause-dialog';
import { openCauses } from './causes-api';
import { SalesChanged } from './sales-changed';
import styles from './checks.module.css';

/** Marked changes of sales that wait for their cause. */
export default function CausesPage() {
  const { t } = useText();
  const { user } = useMeta();
  const [params, change] = useUrlState();
  const found = useInfiniteQuery(openCauses(params.get('owner') ?? user.id));
  const tasks = found.data?.pages.flatMap((page) => page.records) ?? [];
  const asked = tasks.find(({ id }) => id === params.get('task'));
  const open = (task: string | null) => {
    change({ task }, { replace: true });
  };
  return (
    <Page title={t('dossier.causes')} note={t('dossier.causes_note')}>
      {found.isPending && <TableSkeleton rows={5} columns={3} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && tasks.length === 0 && (
        <Notice
          icon={CheckCheck} title={t('dossier.causes_none')} text={t('dossier.causes_none_text')}
        />
      )}
      {tasks.length > 0 && (
        <Panel
          flush
          title={(
            <>
              {t('dossier.causes_open')}
              <Definition of={t('dossier.causes')} text={t('dossier.causes_how')} />
            </>
          )}
        >
          <ul className={styles.checks}>
            {tasks.map((task) => (
              <Task
                key={task.id} task={task}
                onOpen={() => {
                  open(task.id);
                }}
              />
            ))}
          </ul>
          <LoadMore
            hasMore={found.hasNextPage} loading={found.isFetchingNextPage}
            onMore={() => void found.fetchNextPage()}
          />
        </Panel>
      )}
      {asked && (
        <CauseDialog
          key={asked.id} task={asked}
          onClose={() => {
            open(null);
          }}
        />
      )}
    </Page>
  );
}

function Task({ task, onOpen }: Readonly<{ task: RecordRow; onOpen: () => void }>) {
  const { t } = useText();
  const name = asText(task.fields['account.name']) || asText(task.fields.title);
  return (
    <li>
      <span className={styles.account}>
        <Link to={`/accounts/${asText(task.fields.account)}?tab=trading`}>{name}</Link>
        <span className="faint tabular">
          {t('dossier.causes_due', { day: asText(task.fields.due_on) })}
        </span>
      </span>
      <span className={styles.parts}><SalesChanged task={task} /></span>
      <Button size="small" className={styles.row} onClick={onOpen}>
        {t('dossier.cause_record')}
      </Button>
    </li>
  );
}
