import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link } from 'react-router';
import { recordPath } from '@/records/record-path';
import { Panel } from '@/ui/page';
import { FailedLine } from '@/ui/states';
import { usePoolChange } from '../pool-api';
import { usePoolWords } from '../words';
import { candidatesQuery, chooseAccount } from './targets-api';
import type { Candidates } from './targets-api';
import styles from '../pool.module.css';

type Open = Candidates['entries'][number];

/** Names that may be an account, for a person to decide. */
export function Review({ list, editable }: Readonly<{ list: string; editable: boolean }>) {
  const { t } = usePoolWords();
  const found = useQuery(candidatesQuery(list));
  if (found.isError) return <FailedLine error={found.error} retry={() => void found.refetch()} />;
  const open = (found.data?.entries ?? []).filter(({ candidates }) => candidates.length > 0);
  if (open.length === 0) return null;
  return (
    <Panel flush title={t('pool.to_review', { n: open.length })}>
      <ul className={styles.list}>
        {open.map((entry) => <Entry key={entry.id} entry={entry} editable={editable} />)}
      </ul>
    </Panel>
  );
}

function Entry({ entry, editable }: Readonly<{ entry: Open; editable: boolean }>) {
  const { t } = usePoolWords();
  const choose = usePoolChange((account: string) => chooseAccount(entry.id, account), () => {
    // The entry leaves the list by itself.
  });
  return (
    <li className={styles.entry}>
      <span className={styles.name}>{entry.name}</span>
      <ul className={styles.candidates}>
        {entry.candidates.map(({ account, same }) => (
          <li key={account.id}>
            <Link to={recordPath('account', account.id)}>{account.name}</Link>
            <span className="faint">
              {[account.code ?? '', t(same ? 'pool.same_name' : 'pool.alike_name')]
                .filter((one) => one !== '').join(' · ')}
            </span>
            {editable && (
              <Button
                size="small" loading={choose.isPending}
                aria-label={t('pool.choose_this_for', { name: account.name, target: entry.name })}
                onClick={() => {
                  choose.mutate(account.id);
                }}
              >
                {t('pool.choose_this')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {choose.isError && <FailedLine error={choose.error} />}
    </li>
  );
}
