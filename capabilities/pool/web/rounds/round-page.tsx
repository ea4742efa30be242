import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { ChevronLeft, Sparkles } from 'lucide-react';
import { Link, useParams } from 'react-router';
import { fieldOf, useObjectMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { recordById } from '@/api/records';
import { useText } from '@/i18n/use-text';
import { EditableField } from '@/records/editable-field';
import { Page, Panel } from '@/ui/page';
import { Bone, Failed, PageSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { propose, roundQuery, usePoolChange } from '../pool-api';
import type { RoundDetail } from '../pool-api';
import { Minutes } from './minutes';
import { Proposals } from './proposals';
import { RoundState } from './round-state';
import styles from '../pool.module.css';

const MEETING = ['department', 'opens_on', 'closes_on', 'meeting_at', 'participants'] as const;

/** One review: proposals from the scores, the selection meeting, its decisions. */
export default function RoundPage() {
  const { t } = useText();
  const { id = '' } = useParams();
  const found = useQuery(roundQuery(id));
  const back = (
    <Link className={styles.back} to="/pool/rounds">
      <ChevronLeft size={14} aria-hidden />{t('pool.rounds')}
    </Link>
  );
  if (found.isPending) return <PageSkeleton />;
  if (found.isError) {
    return (
      <Page title={t('pool.rounds')} above={back}>
        <Failed error={found.error} retry={() => void found.refetch()} />
      </Page>
    );
  }
  const round = found.data;
  return (
    <Page
      title={round.name} above={back} note={<RoundState round={round} />}
      tools={round.state !== 'closed' && <Propose round={round} />}
    >
      <div className={styles.round}>
        <Proposals round={round} />
        <div className={styles.stack}>
          <Meeting id={id} />
          <Minutes key={round.state} round={round} />
        </div>
      </div>
    </Page>
  );
}

function Propose({ round }: Readonly<{ round: RoundDetail }>) {
  const { t } = useText();
  const run = usePoolChange(() => propose(round.id), (answer) => {
    showToast({ tone: 'success', text: t('pool.proposed', { n: answer.proposals.open }) });
  }, (error) => {
    showToast({ tone: 'error', text: problemText(asProblem(error), t) });
  });
  const again = round.items.length > 0;
  return (
    <Button
      type={again ? 'default' : 'primary'} icon={<Sparkles size={14} aria-hidden />}
      loading={run.isPending}
      onClick={() => {
        run.mutate();
      }}
    >
      {t(again ? 'pool.propose_again' : 'pool.propose')}
    </Button>
  );
}

/** Who meets when, and which department runs it: changed in place. */
function Meeting({ id }: Readonly<{ id: string }>) {
  const { t } = useText();
  const object = useObjectMeta('pool_round');
  const found = useQuery(recordById('pool_round', id, [...MEETING, 'department.name']));
  const record = found.data;
  return (
    <Panel title={t('pool.meeting')}>
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <Bone width="80%" />}
      {object && record && MEETING.map((name) => {
        const field = fieldOf(object, name);
        return field && (
          <EditableField key={name} object={object} record={record} field={field} />
        );
      })}
    </Panel>
  );
}
