import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { Link } from 'react-router';
import { useMeta, useObjectMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { deleteRecord, recordQuery, restoreRecord } from '@/api/records';
import type { Filter, RecordRow } from '@/api/types';
import { asText } from '@/fields/widget';
import { formatDateTime, todayIn } from '@/lib/dates';
import { Panel } from '@/ui/page';
import { Failed, TableSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { useUrlState } from '@/ui/url-state';
import { OverrideForm } from './override-form';
import { phasesOf } from './override-state';
import type { Phase } from './override-state';
import { approveOverride } from './scoring-api';
import { useWords } from './use-words';
import styles from './scoring.module.css';

const SHOWN = 20;
const PHASES: Readonly<Record<Phase, string>> = {
  waiting: 'scoring.given_waiting', now: 'scoring.given_now',
  replaced: 'scoring.given_replaced', over: 'scoring.given_over',
};

function overridesWhere(where: Filter) {
  return recordQuery('score_override', {
    select: [
      'account', 'account.name', 'tier', 'reason', 'approver', 'approver.name', 'expires_on',
      'approved_at', 'created_by', 'created_by.name',
    ],
    where, sort: [{ field: 'created_at', dir: 'desc' }], page: { limit: SHOWN },
  });
}

/** What waits for the person who looks; of who may no longer sign in, for those above him. */
function useWaiting() {
  const { user, workspace } = useMeta();
  const object = useObjectMeta('score_override');
  const below: Filter = { op: 'under', field: 'approver', value: user.id };
  return useQuery({
    ...overridesWhere({ op: 'and', args: [
      { op: 'or', args: [
        { op: 'eq', field: 'approver', value: user.id },
        { op: 'and', args: [
          { op: 'eq', field: 'approver.active', value: false },
          ...(user.administrator ? [] : [below]),
        ] },
      ] },
      { op: 'empty', field: 'approved_at' },
      { op: 'ne', field: 'created_by', value: user.id },
      { op: 'gte', field: 'expires_on', value: todayIn(workspace.time_zone) },
    ] }),
    enabled: object?.rights.read === true,
  });
}

/** The tiers that people gave an account against its points, and a form for another one. */
export function Overrides({ account }: Readonly<{ account: string }>) {
  const { t } = useWords();
  const { workspace } = useMeta();
  const object = useObjectMeta('score_override');
  const [params, change] = useUrlState();
  const found = useQuery({
    ...overridesWhere({ op: 'eq', field: 'account', value: account }),
    enabled: object?.rights.read === true,
  });
  const waiting = new Set(useWaiting().data?.records.map(({ id }) => id));
  if (!object?.rights.read) return null;
  const giving = params.get('give') === '1';
  const records = found.data?.records ?? [];
  const phases = phasesOf(records, todayIn(workspace.time_zone));
  const open = (wanted: boolean) => {
    change({ give: wanted ? '1' : null }, { replace: true });
  };
  return (
    <Panel
      flush title={t('scoring.given')}
      tools={object.rights.create && !giving && (
        <Button
          size="small"
          onClick={() => {
            open(true);
          }}
        >
          {t('scoring.give')}
        </Button>
      )}
    >
      {giving && (
        <OverrideForm
          account={account}
          onDone={() => {
            open(false);
          }}
        />
      )}
      {found.isPending && <TableSkeleton rows={2} columns={3} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data && records.length === 0 && !giving && (
        <p className={styles.none}>{t('scoring.given_none')}</p>
      )}
      <ul className={styles.list}>
        {records.map((record) => (
          <Entry
            key={record.id} record={record} phase={phases.get(record.id) ?? 'over'}
            mine={waiting.has(record.id)}
          />
        ))}
      </ul>
    </Panel>
  );
}

/** The same as a panel; nothing where nothing waits. */
export function WaitingOverrides() {
  const { t } = useWords();
  const waiting = useWaiting().data?.records ?? [];
  if (waiting.length === 0) return null;
  return (
    <Panel flush title={t('scoring.given_for_you', { n: waiting.length })}>
      <ul className={styles.list}>
        {waiting.map((record) => (
          <Entry key={record.id} record={record} phase="waiting" mine named />
        ))}
      </ul>
    </Panel>
  );
}

function useDecide(record: RecordRow) {
  const { t } = useWords();
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: ['records'] });
  const onError = (error: unknown) => {
    showToast({ tone: 'error', text: problemText(asProblem(error), t) });
  };
  const approve = useMutation({
    mutationFn: () => approveOverride(record.id),
    onSuccess: async () => {
      await refresh();
      showToast({ tone: 'success', text: t('scoring.given_agreed') });
    },
    onError,
  });
  const withdraw = useMutation({
    mutationFn: () => deleteRecord('score_override', record.id),
    onSuccess: async () => {
      await refresh();
      const perform = () => {
        restoreRecord('score_override', record.id).then(refresh).catch(onError);
      };
      const action = { label: t('action.undo'), perform };
      showToast({ tone: 'info', text: t('scoring.given_withdrawn'), action });
    },
    onError,
  });
  return { approve, withdraw };
}

function Entry({ record, phase, mine, named = false }: Readonly<{
  record: RecordRow; phase: Phase; mine: boolean; named?: boolean;
}>) {
  const { t, tierName } = useWords();
  const { workspace } = useMeta();
  const { fields } = record;
  const tier = tierName(asText(fields.tier));
  const agreed = asText(fields.approved_at);
  return (
    <li className={styles.entry}>
      <div className={styles.given}>
        <span>
          {named && (
            <>
              <Link to={`/scoring/accounts/${asText(fields.account)}`}>
                {asText(fields['account.name'])}
              </Link>
              {' · '}
            </>
          )}
          <strong>{t('scoring.given_until', { tier, until: asText(fields.expires_on) })}</strong>
          {' '}<span className={styles.phase} data-phase={phase}>{t(PHASES[phase])}</span>
        </span>
        <span className={styles.reason}>{asText(fields.reason)}</span>
        <span className="faint">
          {t('scoring.given_by', {
            maker: asText(fields['created_by.name']), approver: asText(fields['approver.name']),
          })}
          {agreed !== '' && ` · ${t('scoring.given_at', {
            at: formatDateTime(agreed, workspace.time_zone),
          })}`}
        </span>
      </div>
      <Decisions record={record} phase={phase} tier={tier} mine={mine} />
    </li>
  );
}

function Decisions({ record, phase, tier, mine }: Readonly<{
  record: RecordRow; phase: Phase; tier: string; mine: boolean;
}>) {
  const { t } = useWords();
  const { approve, withdraw } = useDecide(record);
  const open = phase === 'waiting' || phase === 'now';
  return (
    <span className={styles.versions}>
      {phase === 'waiting' && mine && (
        <Button
          size="small" type="primary" loading={approve.isPending}
          onClick={() => {
            approve.mutate();
          }}
        >
          {t('scoring.given_agree')}
        </Button>
      )}
      {open && record.can.includes('delete') && (
        <Popconfirm
          title={t('scoring.given_withdraw_ask', { tier })}
          okText={t('scoring.given_withdraw')} cancelText={t('action.cancel')}
          onConfirm={() => {
            withdraw.mutate();
          }}
        >
          <Button size="small" type="text" danger loading={withdraw.isPending}>
            {t('scoring.given_withdraw')}
          </Button>
        </Popconfirm>
      )}
    </span>
  );
}
