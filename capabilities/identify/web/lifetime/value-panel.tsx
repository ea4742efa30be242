import { useInfiniteQuery } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { Link } from 'react-router';
import { useMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import type { Translate } from '@/i18n/use-text';
import { addMonths, daysBetween } from '@/lib/dates';
import { formatCount, formatMoney, formatShare } from '@/lib/money';
import { LoadMore } from '@/records/load-more';
import { recordPath } from '@/records/record-path';
import { Panel } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import type { Window } from '../periods';
import { lifetimeRows } from './lifetime-api';
import type { Lifetime, LifetimeRow } from './lifetime-api';
import styles from './lifetime.module.css';

const HELD_OUT_MONTHS = 6;
const LEAST_DAYS = 360;

/** Customers by what they are worth from here on, or those alone who have gone silent. */
export function ValuePanel({ window, risk }: Readonly<{ window: Window; risk: boolean }>) {
  const { t } = useText();
  const long = daysBetween(window.from, window.to) > LEAST_DAYS;
  const found = useInfiniteQuery(lifetimeRows({
    ...window, ...(long ? { holdout_from: addMonths(window.to, -HELD_OUT_MONTHS) } : {}),
    ...(risk ? { only: 'at_risk' } : {}),
  }));
  const [first] = found.data?.pages ?? [];
  const rows = found.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <>
      {first && <Report lifetime={first} />}
      <Panel flush title={risk && first ? t('lifetime.at_risk', { n: first.at_risk }) : undefined}>
        {found.isPending && <TableSkeleton rows={8} columns={6} />}
        {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
        {found.isSuccess && rows.length === 0 && (
          <Notice
            icon={ShieldCheck} title={t('lifetime.nobody')} text={t('lifetime.nobody_text')}
          />
        )}
        {rows.length > 0 && <Rows rows={rows} />}
        <LoadMore
          hasMore={found.hasNextPage} loading={found.isFetchingNextPage}
          onMore={() => void found.fetchNextPage()}
        />
      </Panel>
    </>
  );
}

const STATUS_KEYS: Readonly<Record<Lifetime['status'], string>> = {
  ok: 'lifetime.status_ok', no_dropout: 'lifetime.status_no_dropout',
  too_little_data: 'lifetime.status_too_little',
};

/** How far the figures carry, in words, and what a forecast would have been worth. */
function Report({ lifetime }: Readonly<{ lifetime: Lifetime }>) {
  const { t } = useText();
  const { status, convergence, holdout } = lifetime;
  return (
    <div className={status === 'ok' ? styles.report : styles.careful} role="status">
      <p>{t(STATUS_KEYS[status], { n: formatCount(convergence.customers) })}</p>
      {holdout && <p>{heldOut(holdout, t)}</p>}
      <p className="faint">
        {t(status === 'ok' ? 'lifetime.rule_model' : 'lifetime.rule_interval')}
      </p>
    </div>
  );
}

const PLACES = 2;

function heldOut(holdout: NonNullable<Lifetime['holdout']>, t: Translate): string {
  const { model, past_sales: past } = holdout;
  if (model.mean_error === null || past.mean_error === null) {
    return t('lifetime.holdout_none', { from: holdout.from });
  }
  return t(holdout.better === 'model' ? 'lifetime.holdout_model' : 'lifetime.holdout_past', {
    from: holdout.from, model: model.mean_error.toFixed(PLACES),
    past: past.mean_error.toFixed(PLACES),
  });
}

function Rows({ rows }: Readonly<{ rows: readonly LifetimeRow[] }>) {
  const { t } = useText();
  const { workspace } = useMeta();
  return (
    <div className={styles.scroll} role="region" tabIndex={0} aria-label={t('lifetime.title')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('lifetime.account')}</th>
            <th scope="col" className="number">{t('lifetime.silent')}</th>
            <th scope="col" className="number">{t('lifetime.usual')}</th>
            <th scope="col" className="number">{t('lifetime.alive')}</th>
            <th scope="col" className="number">{t('lifetime.expected')}</th>
            <th scope="col" className="number">{t('lifetime.clv')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.account.id}>
              <th scope="row">
                <Link to={recordPath('account', row.account.id)}>{row.account.name}</Link>
                {row.at_risk && <span className={styles.risk}>{t('lifetime.warned')}</span>}
              </th>
              <td className="number" data-label={t('lifetime.silent')}>
                {t('lifetime.days', { n: formatCount(row.silent_days) })}
              </td>
              <td className="number" data-label={t('lifetime.usual')}>
                {row.usual_days === null ? '—'
                  : t('lifetime.days', { n: formatCount(row.usual_days) })}
              </td>
              <td className="number" data-label={t('lifetime.alive')}>
                {formatShare(row.p_alive)}
              </td>
              <td className="number" data-label={t('lifetime.expected')}>
                {row.expected === null ? '—' : row.expected.toFixed(1)}
              </td>
              <td className="number" data-label={t('lifetime.clv')}>
                {row.clv === null ? '—' : formatMoney(row.clv, workspace.currency)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
