import { useInfiniteQuery } from '@tanstack/react-query';
import { Segmented, Select } from 'antd';
import { CalendarCheck } from 'lucide-react';
import { Link } from 'react-router';
import { optionLabel, useMeta } from '@/api/meta';
import type { Filter } from '@/api/types';
import { formatDateTime } from '@/lib/dates';
import { formatCount } from '@/lib/money';
import { PrincipalPicker } from '@/records/access/principal-picker';
import { LoadMore } from '@/records/load-more';
import { recordPath } from '@/records/record-path';
import { useNames } from '@/records/use-names';
import { Panel } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import { complianceList } from '../pool-api';
import type { Compliance as Answer, ComplianceState } from '../pool-api';
import { TierTag } from '../tag';
import { usePoolWords } from '../words';
import styles from '../pool.module.css';

const STATES: readonly ComplianceState[] = ['overdue', 'due', 'kept'];
const STATE_KEYS: Readonly<Record<ComplianceState, string>> = {
  overdue: 'pool.overdue', due: 'pool.is_due', kept: 'pool.kept',
};
type Row = Answer['rows'][number];

function whereOf(tier: string | null, owner: string | null): Filter | null {
  const args: Filter[] = [];
  if (tier !== null) args.push({ op: 'eq', field: 'tier', value: tier });
  if (owner !== null) args.push({ op: 'eq', field: 'owner', value: owner });
  return args.length === 0 ? null : { op: 'and', args };
}

/** Account by account: whether the visits that its tier is promised take place. */
export function Compliance() {
  const { t } = usePoolWords();
  const [params, change] = useUrlState();
  const state = STATES.find((one) => one === params.get('state')) ?? 'overdue';
  const found = useInfiniteQuery(
    complianceList(state, whereOf(params.get('tier'), params.get('owner'))),
  );
  const counts = found.data?.pages[0]?.counts;
  const rows = found.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Panel flush title={t('pool.compliance')}>
      <div className={styles.tools}>
        <Segmented<ComplianceState>
          aria-label={t('pool.compliance')} value={state}
          options={STATES.map((value) => ({
            value, label: counts ? `${t(STATE_KEYS[value])} ${formatCount(counts[value])}`
              : t(STATE_KEYS[value]),
          }))}
          onChange={(next) => {
            change({ state: next === 'overdue' ? null : next }, { replace: true });
          }}
        />
        <Filters />
      </div>
      {found.isPending && <TableSkeleton rows={6} columns={5} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && rows.length === 0 && (
        <Notice
          icon={CalendarCheck} title={t('pool.nothing_there')} text={t('pool.visits_count')}
        />
      )}
      {rows.length > 0 && <Rows rows={rows} />}
      <LoadMore
        hasMore={found.hasNextPage} loading={found.isFetchingNextPage}
        onMore={() => void found.fetchNextPage()}
      />
    </Panel>
  );
}

function Filters() {
  const { t, language, tiers } = usePoolWords();
  const [params, change] = useUrlState();
  return (
    <>
      <Select
        className={styles.choice} allowClear placeholder={t('pool.all_tiers')}
        aria-label={t('pool.tier')} value={params.get('tier')}
        options={tiers.map((one) => ({ value: one.key, label: optionLabel(one, language) }))}
        onChange={(tier: string | undefined) => {
          change({ tier: tier ?? null }, { replace: true });
        }}
      />
      <label className={styles.owner}>
        <span className="faint">{t('pool.owner')}</span>
        <PrincipalPicker
          id="compliance-owner" kind="user" value={params.get('owner')}
          onChange={(owner) => {
            change({ owner }, { replace: true });
          }}
        />
      </label>
    </>
  );
}

function Rows({ rows }: Readonly<{ rows: readonly Row[] }>) {
  const { t } = usePoolWords();
  const names = useNames(new Map([
    ['user', rows.flatMap(({ owner }) => (owner === null ? [] : [owner]))],
  ]));
  return (
    <ul className={styles.list}>
      {rows.map((row) => (
        <li className={styles.entry} key={row.account.id}>
          <span className={styles.main}>
            <Link className={styles.name} to={recordPath('account', row.account.id)}>
              {row.account.name}
            </Link>
            {' '}<TierTag tier={row.tier} />
            {' '}<span className="faint">{names('user', row.owner)}</span>
          </span>
          <span className={styles.visits}>
            <LastVisit at={row.last_visit_at} />
            {row.state === 'overdue' ? (
              <span className={styles.late}>
                {t('pool.overdue_days', { n: row.days_overdue })}
              </span>
            ) : <span className="tabular">{t('pool.next_due', { day: row.next_due })}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}

function LastVisit({ at }: Readonly<{ at: string | null }>) {
  const { t } = usePoolWords();
  const { workspace } = useMeta();
  return (
    <span className="faint tabular">
      {at === null ? t('pool.never_visited')
        : t('pool.last_visit', { day: formatDateTime(at, workspace.time_zone).slice(0, 10) })}
    </span>
  );
}
