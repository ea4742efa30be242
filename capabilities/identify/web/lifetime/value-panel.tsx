import { useInfiniteQuery } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { Link } from 'react-router';
import { useMeta, useObjectMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import type { Translate } from '@/i18n/use-text';
import { addMonths, daysBetween } from '@/lib/dates';
import { formatCount, formatMoney, formatShare } from '@/lib/money';
import { listPath } from '@/records/record-path';
import { Notice } from '@/ui/states';
import type { Window } from '../periods';
import { CustomerPanel } from './customer-panel';
import type { CustomerColumn } from './customer-panel';
import { lifetimeRows } from './lifetime-api';
import type { Lifetime, LifetimeRow } from './lifetime-api';
import styles from './lifetime.module.css';

const HELD_OUT_MONTHS = 6;
const LEAST_DAYS = 360;

/** Customers by what they are worth from here on, or those alone who have gone silent. */
export function ValuePanel({ window, risk }: Readonly<{ window: Window; risk: boolean }>) {
  const { t } = useText();
  const columns = useColumns();
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
      <CustomerPanel<LifetimeRow>
        label={t('lifetime.title')} found={found} rows={rows} columns={columns}
        title={risk && first ? t('lifetime.at_risk', { n: first.at_risk }) : undefined}
        mark={(row) => (
          row.at_risk && <span className={styles.risk}>{t('lifetime.warned')}</span>
        )}
        nobody={(
          <Notice
            icon={ShieldCheck} title={t('lifetime.nobody')} text={t('lifetime.nobody_text')}
          />
        )}
      />
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
  const watch = useObjectMeta('churn_watch');
  const { status, convergence, holdout } = lifetime;
  return (
    <div className={status === 'ok' ? styles.report : styles.careful} role="status">
      <p>{t(STATUS_KEYS[status], { n: formatCount(convergence.customers) })}</p>
      {holdout && <p>{heldOut(holdout, t)}</p>}
      <p className="faint">
        {t(status === 'ok' ? 'lifetime.rule_model' : 'lifetime.rule_interval')}
      </p>
      {watch && (
        <p className="faint">
          {t('lifetime.tasks')}{' '}
          <Link to={listPath('churn_watch')}>{t('lifetime.tasks_rule')}</Link>
        </p>
      )}
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

function useColumns(): CustomerColumn<LifetimeRow>[] {
  const { t } = useText();
  const { workspace } = useMeta();
  const days = (n: number | null) => (
    n === null ? '—' : t('lifetime.days', { n: formatCount(n) })
  );
  return [
    { key: 'silent', heading: t('lifetime.silent'), show: (row) => days(row.silent_days) },
    { key: 'usual', heading: t('lifetime.usual'), show: (row) => days(row.usual_days) },
    { key: 'alive', heading: t('lifetime.alive'), show: (row) => formatShare(row.p_alive) },
    {
      key: 'expected', heading: t('lifetime.expected'),
      show: ({ expected }) => (expected === null ? '—' : expected.toFixed(1)),
    },
    {
      key: 'clv', heading: t('lifetime.clv'),
      show: ({ clv }) => (clv === null ? '—' : formatMoney(clv, workspace.currency)),
    },
  ];
}
