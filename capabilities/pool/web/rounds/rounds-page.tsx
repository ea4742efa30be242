import { useQuery } from '@tanstack/react-query';
import { CalendarRange, Lock } from 'lucide-react';
import { Link } from 'react-router';
import { useObjectMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { Page, Panel } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { BeginButton, CreateInUrl } from '../create-in-url';
import { PoolPages } from '../parts';
import { roundsQuery } from '../pool-api';
import type { Round } from '../pool-api';
import { RoundState } from './round-state';
import styles from '../pool.module.css';

const NAMES = ['name', 'department', 'opens_on', 'closes_on', 'meeting_at', 'participants'];

/** The calendar of reviews: who runs which, what is late, how far each has come. */
export default function RoundsPage() {
  const { t } = useText();
  const object = useObjectMeta('pool_round');
  const found = useQuery({ ...roundsQuery, enabled: object !== undefined });
  if (!object) {
    return <Notice icon={Lock} title={t('state.forbidden')} text={t('state.forbidden_text')} />;
  }
  const begin = object.rights.create && <BeginButton label={t('pool.new_round')} />;
  const none = found.data?.rounds.length === 0;
  return (
    <Page
      title={t('pool.rounds')} note={t('pool.rounds_note')} above={<PoolPages />}
      tools={none ? undefined : begin}
    >
      <Panel flush>
        {found.isPending && <TableSkeleton rows={4} columns={4} />}
        {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
        {none && (
          <Notice icon={CalendarRange} title={t('pool.no_rounds')} text={t('pool.no_rounds_text')}>
            {begin}
          </Notice>
        )}
        <ul className={styles.list}>
          {found.data?.rounds.map((round) => <Entry key={round.id} round={round} />)}
        </ul>
      </Panel>
      <CreateInUrl object={object} names={NAMES} />
    </Page>
  );
}

function Entry({ round }: Readonly<{ round: Round }>) {
  const { t } = useText();
  const { open, accepted, declined } = round.proposals;
  const all = open + accepted + declined;
  return (
    <li className={styles.entry}>
      <span className={styles.main}>
        <Link className={styles.name} to={`/pool/rounds/${round.id}`}>{round.name}</Link>
        {' '}<RoundState round={round} />
        <br />
        <span className="faint tabular">
          {[round.department?.name ?? '', t('pool.from_to', {
            from: round.opens_on, to: round.closes_on,
          })].filter((part) => part !== '').join(' · ')}
        </span>
      </span>
      <span className="faint tabular">
        {all === 0 ? t('pool.no_proposals')
          : t('pool.progress', { done: accepted + declined, n: all })}
      </span>
    </li>
  );
}
