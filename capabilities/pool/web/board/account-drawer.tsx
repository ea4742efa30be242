import { useQuery } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { ArrowRightLeft } from 'lucide-react';
import { Link } from 'react-router';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { recordPath } from '@/records/record-path';
import { Failed, TableSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { useUrlState } from '@/ui/url-state';
import { acceptTransfer, ACTS, isAct, poolAccountQuery, usePoolChange } from '../pool-api';
import type { PoolAccount } from '../pool-api';
import { StateTag, TierTag } from '../tag';
import { ACT_KEYS, usePoolWords } from '../words';
import { Evidence, Load, Missing } from './evidence';
import { MoveForm } from './move-form';
import { PoolHistory } from './pool-history';
import { ScreeningSection } from './screening';
import styles from '../pool.module.css';

/** One account and the pool: what may be done, on which grounds, and how it came to where it is. */
export function AccountDrawer({ account, onClose }: Readonly<{
  account: string; onClose: () => void;
}>) {
  const found = useQuery(poolAccountQuery(account));
  return (
    <Drawer
      open size={560} title={found.data?.account.name ?? '…'} onClose={onClose} destroyOnHidden
    >
      {found.isPending && <TableSkeleton rows={8} columns={1} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data && <Content found={found.data} />}
    </Drawer>
  );
}

function Content({ found }: Readonly<{ found: PoolAccount }>) {
  const { t } = usePoolWords();
  const [params, change] = useUrlState();
  const asked = params.get('act');
  const act = isAct(asked) && found.may.includes(asked) ? asked : null;
  const { id, code } = found.account;
  return (
    <div className={styles.stack}>
      <div className={styles.standing}>
        <StateTag state={found.state} />
        <TierTag tier={found.tier} />
        {code !== null && <span className="faint tabular">{code}</span>}
        <Link to={recordPath('account', id)}>{t('pool.open_card')}</Link>
        <Link to={`/scoring/accounts/${id}`}>{t('pool.open_score')}</Link>
      </div>
      {found.may.includes('accept_transfer') && <AcceptTransfer found={found} />}
      {act === null ? <Acts found={found} /> : (
        <MoveForm
          key={act} account={found} act={act}
          onDone={() => {
            change({ act: null }, { replace: true });
          }}
        />
      )}
      <Missing found={found} />
      {found.evidence && (
        <section>
          <h3 className={styles.heading}>{t('pool.evidence')}</h3>
          <Evidence evidence={found.evidence} />
        </section>
      )}
      {act !== 'exit' && act !== 'blacklist' && act !== 'lift' && <Load load={found.load} />}
      <ScreeningSection account={id} />
      <section>
        <h3 className={styles.heading}>{t('pool.history')}</h3>
        <PoolHistory entries={found.entries} />
      </section>
    </div>
  );
}

const GRAVE: readonly string[] = ['exit', 'blacklist', 'reject'];

function Acts({ found }: Readonly<{ found: PoolAccount }>) {
  const { t } = usePoolWords();
  const [, change] = useUrlState();
  const acts = ACTS.filter((act) => found.may.includes(act));
  if (acts.length === 0) {
    const text = found.state === 'blacklisted' ? 'pool.blacklist_stays' : 'pool.nothing_to_do';
    return <p className={styles.said}>{t(text)}</p>;
  }
  return (
    <div className={styles.acts}>
      {acts.map((act, at) => (
        <Button
          key={act} danger={GRAVE.includes(act)}
          type={at === 0 && !GRAVE.includes(act) ? 'primary' : 'default'}
          onClick={() => {
            change({ act }, { replace: true });
          }}
        >
          {t(ACT_KEYS[act])}
        </Button>
      ))}
    </div>
  );
}

function AcceptTransfer({ found }: Readonly<{ found: PoolAccount }>) {
  const { t } = usePoolWords();
  const accept = usePoolChange(() => acceptTransfer(found.account.id), () => {
    showToast({ tone: 'success', text: t('pool.transfer_accepted') });
  }, (error) => {
    showToast({ tone: 'error', text: problemText(asProblem(error), t) });
  });
  return (
    <div className={styles.ask}>
      <ArrowRightLeft size={16} aria-hidden />
      <span>{t('pool.transfer_ask')}</span>
      <Button
        size="small" type="primary" loading={accept.isPending}
        onClick={() => {
          accept.mutate();
        }}
      >
        {t('pool.transfer_accept')}
      </Button>
    </div>
  );
}
