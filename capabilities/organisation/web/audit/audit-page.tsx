import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, DatePicker, Select } from 'antd';
import dayjs from 'dayjs';
import { ScrollText } from 'lucide-react';
import { useMemo } from 'react';
import { useMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { isDate } from '@/lib/dates';
import { PrincipalPicker } from '@/records/access/principal-picker';
import { LoadMore } from '@/records/load-more';
import { Page, Panel } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import { auditList } from './audit-api';
import type { AuditFilter } from './audit-api';
import { isKind, KIND_KEYS, KINDS } from './audit-text';
import { Chain } from './chain';
import { Entries } from './entries';
import styles from './audit.module.css';

function filterOf(params: URLSearchParams): AuditFilter {
  const [kind, from, to] = [params.get('kind'), params.get('from'), params.get('to')];
  return {
    kind: isKind(kind) ? kind : null, user: params.get('user'),
    from: isDate(from) ? from : null, to: isDate(to) ? to : null,
  };
}

/** Who came in, whose rights changed, what left the house: for auditors, to read. */
export default function AuditPage() {
  const { t } = useText();
  const { workspace } = useMeta();
  const [params, change] = useUrlState();
  const filter = filterOf(params);
  const found = useInfiniteQuery(auditList(filter, workspace.time_zone));
  const entries = useMemo(() => found.data?.pages.flatMap((page) => page.entries) ?? [], [found]);
  const filtered = Object.values(filter).some((value) => value !== null);
  const clear = () => {
    change({ kind: null, user: null, from: null, to: null, entry: null });
  };
  return (
    <Page title={t('audit.title')} note={t('audit.note')}>
      {!found.isError && <Chain />}
      <Panel flush>
        {!(found.isError && !filtered) && <Filters filter={filter} />}
        {found.isPending && <TableSkeleton rows={10} columns={4} />}
        {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
        {found.isSuccess && entries.length === 0 && (
          <Notice icon={ScrollText} title={t('audit.none')} text={t('audit.none_text')}>
            {filtered && <Button onClick={clear}>{t('list.clear')}</Button>}
          </Notice>
        )}
        {entries.length > 0 && <Entries entries={entries} />}
        <LoadMore
          hasMore={found.hasNextPage} loading={found.isFetchingNextPage}
          onMore={() => void found.fetchNextPage()}
        />
      </Panel>
    </Page>
  );
}

function Filters({ filter }: Readonly<{ filter: AuditFilter }>) {
  const { t } = useText();
  const [, change] = useUrlState();
  const day = (text: string | null) => (text === null ? null : dayjs(text));
  return (
    <div className={styles.tools}>
      <Select
        className={styles.kind} allowClear placeholder={t('audit.all_kinds')}
        aria-label={t('audit.kind')} value={filter.kind} popupMatchSelectWidth={false}
        options={KINDS.map((value) => ({ value, label: t(KIND_KEYS[value]) }))}
        onChange={(kind: string | undefined) => {
          change({ kind: kind ?? null });
        }}
      />
      <label className={styles.person}>
        <span className="faint">{t('audit.person')}</span>
        <PrincipalPicker
          id="audit-user" kind="user" value={filter.user}
          onChange={(user) => {
            change({ user });
          }}
        />
      </label>
      <DatePicker.RangePicker
        className={styles.days} allowEmpty={[true, true]}
        aria-label={t('audit.days')} value={[day(filter.from), day(filter.to)]}
        onChange={(days) => {
          change({
            from: days?.[0]?.format('YYYY-MM-DD') ?? null,
            to: days?.[1]?.format('YYYY-MM-DD') ?? null,
          });
        }}
      />
    </div>
  );
}
