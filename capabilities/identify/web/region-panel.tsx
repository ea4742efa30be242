import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { useText } from '@/i18n/use-text';
import { addDays, addMonths, todayIn } from '@/lib/dates';
import { exactAmount, formatAmount, formatCount, formatShare, withSymbol } from '@/lib/money';
import { listPath } from '@/records/record-path';
import { Definition } from '@/ui/definition';
import { unitLabelKey } from '@/ui/money';
import { Panel } from '@/ui/page';
import { Bone, FailedLine } from '@/ui/states';
import { regionShare } from './ranking-api';
import type { RegionMarket, RegionShare } from './ranking-api';
import styles from './region.module.css';

const MONTHS = 12;

/** The account's share of its region's sales, beside our share of the market there. */
export function RegionPanel({ account }: Readonly<{ account: string }>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const to = addDays(todayIn(workspace.time_zone), 1);
  const found = useQuery(regionShare(account, { from: addMonths(to, -MONTHS), to }));
  // The totals tell of every account: who does not reach them all has no such panel.
  if (found.isError && asProblem(found.error).code === 'forbidden') return null;
  return (
    <Panel
      title={(
        <>
          {t('identify.region')}
          <Definition of={t('identify.region')} text={t('identify.help.region')} />
        </>
      )}
    >
      {found.isPending && <Bone width="90%" height={56} />}
      {found.isError && <FailedLine error={found.error} retry={() => void found.refetch()} />}
      {found.data && <Shares share={found.data} />}
    </Panel>
  );
}

function Shares({ share }: Readonly<{ share: RegionShare }>) {
  const { t } = useText();
  const { region, market, customers } = share;
  if (region === null) return <p className="faint">{t('identify.region_none')}</p>;
  return (
    <dl className={styles.shares}>
      <div>
        <dt>{t('identify.region_account', { region })}</dt>
        <dd className="tabular">{formatShare(share.account_share)}</dd>
        <dd className={styles.of}>
          <Of part={share.account_sales} whole={share.sales} />
          {' · '}{t('identify.region_customers', { n: formatCount(customers) })}
        </dd>
      </div>
      <div>
        <dt>{t('identify.region_market', { region })}</dt>
        {market ? <Market market={market} /> : (
          <dd className={styles.of}>
            <Link to={listPath('region_market')}>{t('identify.region_no_size')}</Link>
          </dd>
        )}
      </div>
    </dl>
  );
}

function Market({ market }: Readonly<{ market: RegionMarket }>) {
  const { t } = useText();
  const year = t(market.over ? 'identify.region_year' : 'identify.region_year_runs', {
    year: market.year,
  });
  return (
    <>
      <dd className="tabular">{formatShare(market.share)}</dd>
      <dd className={styles.of}>
        <Of part={market.sales} whole={market.size} />{` · ${year} · `}
        {t('identify.region_of_market', { share: formatShare(market.account_share, 2) })}
        {' · '}<Link to={listPath('region_market')}>{t('identify.region_sizes')}</Link>
      </dd>
    </>
  );
}

function Of({ part, whole }: Readonly<{ part: string; whole: string }>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const { currency, unit } = workspace;
  const exact = `${exactAmount(part, currency)} / ${exactAmount(whole, currency)}`;
  const short = (amount: string) => withSymbol(formatAmount(amount, unit), currency);
  return (
    <span className="tabular" title={exact}>
      {`${short(part)} / ${short(whole)} ${t(unitLabelKey(unit))}`}
    </span>
  );
}
