import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { ArrowRightLeft, Plus } from 'lucide-react';
import { Link, useNavigate } from 'react-router';
import { useMeta, useObjectMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { Page, Panel } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { handoversQuery } from './handover-api';
import type { Listed } from './handover-api';
import { usePeople } from './people';
import { StateMark } from './state-mark';
import styles from './handover.module.css';

/** Whose work went to whom, and what is prepared. */
export default function HandoversPage() {
  const { t } = useText();
  const navigate = useNavigate();
  const object = useObjectMeta('handover');
  const found = useQuery(handoversQuery);
  const listed = found.data?.handovers ?? [];
  const name = usePeople(listed.flatMap(({ fields }) => [fields.from, ...fields.successors]));
  return (
    <Page
      narrow title={t('handover.title')} note={t('handover.note')}
      tools={object?.rights.create && (
        <Button
          type="primary" icon={<Plus size={14} aria-hidden />}
          onClick={() => void navigate('/handover/new')}
        >
          {t('handover.new')}
        </Button>
      )}
    >
      <Panel flush>
        {found.isPending && <TableSkeleton rows={4} columns={1} />}
        {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
        {found.data && listed.length === 0 && (
          <Notice icon={ArrowRightLeft} title={t('handover.none')} text={t('handover.none_text')} />
        )}
        <ul className={styles.list}>
          {listed.map((one) => <Entry key={one.id} handover={one} name={name} />)}
        </ul>
      </Panel>
    </Page>
  );
}

type EntryProps = Readonly<{ handover: Listed; name: (id: string) => string }>;

function Entry({ handover: { id, fields }, name }: EntryProps) {
  const { t } = useText();
  const { workspace } = useMeta();
  const at = fields.executed_at ?? fields.execute_at;
  return (
    <li className={styles.entry}>
      <span>
        <Link to={`/handover/${id}`}>
          {t('handover.from_to', {
            from: name(fields.from), to: fields.successors.map(name).join(t('handover.and')),
          })}
        </Link>
        {' '}<span className="faint tabular">{fields.number}</span>
      </span>
      <span className={styles.end}>
        <span className="faint tabular">
          {at === null ? '' : formatDateTime(at, workspace.time_zone)}
        </span>
        <StateMark state={fields.state} />
      </span>
    </li>
  );
}
