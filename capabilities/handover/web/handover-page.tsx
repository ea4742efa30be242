import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm, Select } from 'antd';
import { CircleCheck, CircleDashed } from 'lucide-react';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { recordPath } from '@/records/record-path';
import { Page, Panel } from '@/ui/page';
import { Failed, PageSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { Back } from './back';
import { BriefPanel } from './brief-panel';
import { actOn, handoverQuery } from './handover-api';
import type { Handover } from './handover-api';
import { LedgerTable, Points } from './ledger';
import { usePeople } from './people';
import { StateMark } from './state-mark';
import styles from './handover.module.css';

type Action = 'execute' | 'cancel' | 'undo' | 'sign';
const ACTIONS: readonly Readonly<{ action: Action; label: string; sure: string | null }>[] = [
  { action: 'sign', label: 'handover.sign', sure: null },
  { action: 'execute', label: 'handover.carry_out', sure: 'handover.sure_execute' },
  { action: 'cancel', label: 'handover.cancel', sure: 'handover.sure_cancel' },
  { action: 'undo', label: 'handover.undo', sure: 'handover.sure_undo' },
];

const AFTER: Readonly<Record<Action, string>> = {
  sign: 'handover.after_sign', execute: 'handover.after_execute',
  cancel: 'handover.after_cancel', undo: 'handover.after_undo',
};
const ROLES = {
  giver: 'handover.role_giver', receiver: 'handover.role_receiver',
  supervisor: 'handover.role_supervisor',
} as const;
type Role = keyof typeof ROLES;
type Wanted = Readonly<{ role: Role; user: string | null }>;

/** One handover: what went, what is open, who signed, what the successor has to know. */
export default function HandoverPage() {
  const { t } = useText();
  const { id = '' } = useParams();
  const found = useQuery(handoverQuery(id));
  const fields = found.data?.fields;
  const name = usePeople(fields ? [fields.from, fields.owner, ...fields.successors] : []);
  if (found.isPending) return <PageSkeleton />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const handover = found.data;
  const { from, successors, ledger, open_points: points, state } = handover.fields;
  return (
    <Page
      title={t('handover.from_to', {
        from: name(from), to: successors.map(name).join(t('handover.and')),
      })}
      note={<Note handover={handover} name={name} />}
      tools={<Tools handover={handover} />}
      above={<Back />}
    >
      {ledger && (
        <Panel title={t('handover.ledger')} flush><LedgerTable ledger={ledger} /></Panel>
      )}
      {(state === 'done' || state === 'undone') && (
        <Panel title={t('handover.signatures')} flush>
          <Signatures handover={handover} name={name} />
        </Panel>
      )}
      {points && <Panel title={t('handover.points')} flush><Points points={points} /></Panel>}
      {handover.can.includes('brief') && <Briefs handover={handover} name={name} />}
    </Page>
  );
}

type Part = Readonly<{ handover: Handover; name: (id: string) => string }>;

function Note({ handover: { fields }, name }: Part) {
  const { t } = useText();
  const { workspace } = useMeta();
  const at = fields.executed_at ?? fields.execute_at;
  return (
    <span className={styles.end}>
      <StateMark state={fields.state} />
      {at !== null && <span className="tabular">{formatDateTime(at, workspace.time_zone)}</span>}
      <span>{t('handover.arranged_by', { name: name(fields.owner) })}</span>
      {fields.reason !== null && <span>{fields.reason}</span>}
    </span>
  );
}

function Tools({ handover }: Readonly<{ handover: Handover }>) {
  const { t } = useText();
  const client = useQueryClient();
  const act = useMutation({
    mutationFn: (action: Action) => actOn(handover.id, action),
    onSuccess: async (after, action) => {
      await client.invalidateQueries();
      const left = after.conflicts?.length ?? 0;
      showToast(action === 'undo' && left > 0
        ? { tone: 'info', text: t('handover.undone_except', { count: String(left) }) }
        : { tone: 'success', text: t(AFTER[action]) });
    },
    onError: (error) => {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    },
  });
  return (
    <>
      {ACTIONS.filter(({ action }) => handover.can.includes(action)).map((one) => {
        const button = (onClick?: () => void) => (
          <Button
            type={one.action === 'sign' || one.action === 'execute' ? 'primary' : 'default'}
            danger={one.action === 'undo'} loading={act.isPending && act.variables === one.action}
            onClick={onClick}
          >
            {t(one.label)}
          </Button>
        );
        const perform = () => {
          act.mutate(one.action);
        };
        return one.sure === null
          ? <span key={one.action}>{button(perform)}</span>
          : (
            <Popconfirm
              key={one.action} title={t(one.sure)} okText={t(one.label)}
              cancelText={t('action.cancel')} onConfirm={perform}
            >
              {button()}
            </Popconfirm>
          );
      })}
    </>
  );
}

function Signatures({ handover: { fields, signed_off: complete }, name }: Part) {
  const { t } = useText();
  const { workspace } = useMeta();
  const given = fields.signatures ?? [];
  const wanted: readonly Wanted[] = [
    { role: 'giver', user: fields.from },
    ...fields.successors.map((user): Wanted => ({ role: 'receiver', user })),
    { role: 'supervisor', user: given.find(({ role }) => role === 'supervisor')?.user ?? null },
  ];
  return (
    <>
      {complete && (
        <p className={styles.balance} data-tone="good">
          <CircleCheck size={16} aria-hidden />{t('handover.signed_off')}
        </p>
      )}
      <ul className={styles.list}>
        {wanted.map(({ role, user }) => {
          const done = given.find((one) => one.role === role && one.user === user);
          const Icon = done ? CircleCheck : CircleDashed;
          return (
            <li className={styles.entry} key={`${role} ${user ?? ''}`}>
              <span className={styles.state} data-tone={done ? 'good' : 'calm'}>
                <Icon size={14} aria-hidden />
                {t(ROLES[role])} {user === null ? '' : name(user)}
              </span>
              <span className="faint tabular">
                {done ? formatDateTime(done.at, workspace.time_zone) : t('handover.not_signed')}
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Briefs({ handover, name }: Part) {
  const { t } = useText();
  const { successors } = handover.fields;
  const [user, setUser] = useState(successors[0] ?? '');
  return (
    <Panel
      title={t('handover.brief')} flush
      tools={(
        <>
          {successors.length > 1 && (
            <Select
              aria-label={t('handover.to')} value={user} onChange={setUser}
              style={{ minWidth: 140 }}
              options={successors.map((id) => ({ value: id, label: name(id) }))}
            />
          )}
          <Link to={`/handover/${handover.id}/letters?to=${user}`}>{t('handover.letters')}</Link>
        </>
      )}
    >
      <BriefPanel handover={handover.id} user={user} path={recordPath} />
    </Panel>
  );
}
