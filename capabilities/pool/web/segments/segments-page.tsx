import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { Lock, Plus, Shapes } from 'lucide-react';
import { Link } from 'react-router';
import { fieldOf, optionLabel, useObjectMeta } from '@/api/meta';
import { formatCount } from '@/lib/money';
import { LoadMore } from '@/records/load-more';
import { listPath, recordPath } from '@/records/record-path';
import { Page, Panel } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import { PoolPages } from '../parts';
import { segmentAccounts, segmentsQuery } from '../pool-api';
import type { Segment } from '../pool-api';
import { TierTag } from '../tag';
import { usePoolWords } from '../words';
import { SegmentForm } from './segment-form';
import styles from '../pool.module.css';

/** Groups of accounts that follow the data: segments, target groups and tags with a filter. */
export default function SegmentsPage() {
  const { t } = usePoolWords();
  const [params, change] = useUrlState();
  const object = useObjectMeta('segment');
  const found = useQuery({ ...segmentsQuery, enabled: object !== undefined });
  if (!object) {
    return <Notice icon={Lock} title={t('state.forbidden')} text={t('state.forbidden_text')} />;
  }
  const segments = found.data?.segments ?? [];
  const open = segments.find(({ id }) => id === params.get('segment'));
  const begin = object.rights.create && (
    <Button
      type="primary" icon={<Plus size={14} aria-hidden />}
      onClick={() => {
        change({ new: '1' }, { replace: true });
      }}
    >
      {t('pool.new_segment')}
    </Button>
  );
  const none = found.isSuccess && segments.length === 0;
  const close = () => {
    change({ new: null, segment: null }, { replace: true });
  };
  return (
    <Page
      title={t('pool.segments')} note={t('pool.segments_note')} above={<PoolPages />}
      tools={none ? undefined : begin}
    >
      <Panel flush>
        {found.isPending && <TableSkeleton rows={4} columns={3} />}
        {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
        {none && (
          <Notice icon={Shapes} title={t('pool.no_segments')} text={t('pool.no_segments_text')}>
            {begin}
          </Notice>
        )}
        <ul className={styles.list}>
          {segments.map((segment) => <Entry key={segment.id} segment={segment} />)}
        </ul>
      </Panel>
      {params.get('new') === '1' && object.rights.create && (
        <Drawer open size={440} title={t('pool.new_segment')} onClose={close} destroyOnHidden>
          <SegmentForm onDone={close} />
        </Drawer>
      )}
      {open && (
        <Drawer open size={480} title={open.name} onClose={close} destroyOnHidden>
          <Accounts segment={open} />
        </Drawer>
      )}
    </Page>
  );
}

function Entry({ segment }: Readonly<{ segment: Segment }>) {
  const { t, language } = usePoolWords();
  const [, change] = useUrlState();
  const object = useObjectMeta('segment');
  const kinds = object && fieldOf(object, 'kind')?.options;
  const kind = kinds?.find((one) => one.key === segment.kind);
  return (
    <li className={styles.entry}>
      <span className={styles.main}>
        <Button
          type="link" className={styles.more}
          onClick={() => {
            change({ segment: segment.id }, { replace: true });
          }}
        >
          {segment.name}
        </Button>
        {' '}
        <span className={styles.tag}>
          {kind ? optionLabel(kind, language) : t('pool.dynamic_tag')}
        </span>
      </span>
      <span className="faint tabular">
        {segment.accounts === null ? t('pool.count_hidden')
          : t('pool.accounts', { n: formatCount(segment.accounts) })}
      </span>
    </li>
  );
}

function Accounts({ segment }: Readonly<{ segment: Segment }>) {
  const { t } = usePoolWords();
  const found = useInfiniteQuery(segmentAccounts(segment.id));
  const rows = found.data?.pages.flatMap((page) => page.rows) ?? [];
  const where = found.data?.pages[0]?.where;
  return (
    <div className={styles.stack}>
      {found.isPending && <TableSkeleton rows={8} columns={2} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {where && (
        <Link
          to={`${listPath('account')}?${new URLSearchParams({
            where: JSON.stringify(where),
          }).toString()}`}
        >
          {t('pool.open_list')}
        </Link>
      )}
      {found.isSuccess && rows.length === 0 && (
        <p className={styles.said}>{t('pool.nothing_there')}</p>
      )}
      <ul className={styles.list}>
        {rows.map(({ account, tier }) => (
          <li className={styles.entry} key={account.id}>
            <Link className={styles.main} to={recordPath('account', account.id)}>
              {account.name}
            </Link>
            <TierTag tier={tier} />
          </li>
        ))}
      </ul>
      <LoadMore
        hasMore={found.hasNextPage} loading={found.isFetchingNextPage}
        onMore={() => void found.fetchNextPage()}
      />
    </div>
  );
}
