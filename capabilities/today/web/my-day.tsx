import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { CheckCheck, FolderOutput, ListTodo, MapPin } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { api } from '@/api/client';
import { useMeta, useObjectMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import type { components } from '@/api/schema';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { CheckIn } from '@/records/check-in';
import { recordPath } from '@/records/record-path';
import { Amount } from '@/ui/money';
import { Panel } from '@/ui/page';
import { Bone, FailedLine } from '@/ui/states';
import { showToast } from '@/ui/toast';
import styles from './today.module.css';
import { UnclaimedReceipts } from './unclaimed-receipts';

type Day = components['schemas']['Day'];
type Row = components['schemas']['DossierRow'];

const SHOWN_NEWS = 8;

const dayOf = (date: string) => queryOptions({
  queryKey: ['dossier', 'day', date],
  queryFn: () => api.get<Day>('/dossier/day', { date }),
});

const textOf = (row: Row, name: string) => asText(row.fields[name]);

/** My day in the order of time, and what happened at my accounts. */
export function MyDay({ today }: Readonly<{ today: string }>) {
  const { t } = useText();
  const found = useQuery(dayOf(today));
  return (
    <div className={styles.columns}>
      <Panel
        title={t('today.my_day')}
        tools={(
          <>
            {(found.data?.visits.length ?? 0) > 0 && <TakeCards date={today} />}
            <Link to="/week" className={styles.open}>{t('today.week')}</Link>
          </>
        )}
      >
        {found.isPending && <Bone width="100%" height={96} />}
        {found.isError && <FailedLine error={found.error} retry={() => void found.refetch()} />}
        {found.data && <Agenda day={found.data} />}
        <UnclaimedReceipts />
      </Panel>
      <Panel title={t('today.news')}>
        {found.isPending && <Bone width="100%" height={96} />}
        {found.data && <News day={found.data} />}
      </Panel>
    </div>
  );
}

/** Checks out the cards of the day's visits, to read on the way or to print. */
function TakeCards({ date }: Readonly<{ date: string }>) {
  const { t } = useText();
  const navigate = useNavigate();
  const mayTake = useObjectMeta('account')?.rights.export ?? false;
  const take = useMutation({
    mutationFn: () => api.post<Readonly<{ id: string }>>('/dossier/packs', { date }),
    onSuccess: ({ id }) => navigate(`/packs/${id}`),
    onError: (error) => {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    },
  });
  if (!mayTake) return null;
  return (
    <Button
      size="small" icon={<FolderOutput size={14} aria-hidden />} loading={take.isPending}
      onClick={() => {
        take.mutate();
      }}
    >
      {t('today.take_cards')}
    </Button>
  );
}

function Line({ icon: Icon, kind, children, tools }: Readonly<{
  icon: LucideIcon; kind: string; children: ReactNode; tools?: ReactNode;
}>) {
  return (
    <li className={styles.line}>
      <Icon size={15} aria-hidden />
      <span className={styles.kind}>{kind}</span>
      <span className={styles.what}>{children}</span>
      {tools}
    </li>
  );
}

function Agenda({ day }: Readonly<{ day: Day }>) {
  const { t } = useText();
  const empty = day.visits.length + day.reports_due.length + day.tasks.length + day.checks.length;
  if (empty === 0) return <p className="faint">{t('today.nothing_today')}</p>;
  return (
    <ul className={styles.findings}>
      {day.visits.map((visit) => <Visit key={visit.id} visit={visit} />)}
      {day.reports_due.slice(0, SHOWN_NEWS).map((visit) => (
        <Visit key={visit.id} visit={visit} late />
      ))}
      {day.tasks.slice(0, SHOWN_NEWS).map((task) => (
        <Task key={task.id} task={task} />
      ))}
      {day.checks.length > 0 && (
        <Line icon={CheckCheck} kind={t('today.checks')}>
          <Link to="/checks">{t('today.check_cards', { count: day.checks.length })}</Link>
        </Line>
      )}
    </ul>
  );
}

/** A task; one that asks for a cause is answered at once. */
function Task({ task }: Readonly<{ task: Row }>) {
  const { t } = useText();
  const navigate = useNavigate();
  const asks = textOf(task, 'kind') === 'record_cause';
  return (
    <Line
      icon={ListTodo} kind={t('today.task')}
      tools={asks && (
        <Button size="small" onClick={() => void navigate(`/causes?task=${task.id}`)}>
          {t('today.record_cause')}
        </Button>
      )}
    >
      <Link to={recordPath('task', task.id)}>{textOf(task, 'title')}</Link>
      {asks && <span className="faint"> {t('today.cause')}</span>}
    </Line>
  );
}

/** A visit with its dossier one tap away, and its report after it. */
function Visit({ visit, late = false }: Readonly<{ visit: Row; late?: boolean }>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const navigate = useNavigate();
  const open = textOf(visit, 'state') !== 'reported';
  const read = useMutation({
    mutationFn: () => api.post(`/dossier/visits/${visit.id}/open`),
    onSettled: () => navigate(recordPath('account', textOf(visit, 'account'))),
  });
  const when = formatDateTime(textOf(visit, 'planned_at'), workspace.time_zone);
  return (
    <Line
      icon={MapPin} kind={late ? t('today.report_due') : when.slice(11)}
      tools={(
        <span className={styles.acts}>
          {!late && open && <CheckIn visit={visit.id} at={textOf(visit, 'checked_in_at')} />}
          {!late && (
            <Button
              size="small" loading={read.isPending}
              onClick={() => {
                read.mutate();
              }}
            >
              {t('today.dossier')}
            </Button>
          )}
          {open && (
            <Button size="small" onClick={() => void navigate(`/quick?visit=${visit.id}`)}>
              {t('today.report')}
            </Button>
          )}
        </span>
      )}
    >
      <Link to={recordPath('account', textOf(visit, 'account'))}>
        {textOf(visit, 'account.name')}
      </Link>
      <span className="faint"> {late ? when.slice(0, 10) : textOf(visit, 'subject')}</span>
    </Line>
  );
}

function News({ day }: Readonly<{ day: Day }>) {
  const { t } = useText();
  const news = [
    ...day.complaints.map((row) => ({
      row, object: 'complaint', kind: t('today.news_complaint'), amount: '',
      text: textOf(row, 'content'),
    })),
    ...day.overdue.map((row) => ({
      row, object: 'invoice', kind: t('today.news_overdue'), amount: textOf(row, 'open_amount'),
      text: textOf(row, 'due_on'),
    })),
    ...day.orders.map((row) => ({
      row, object: 'order', kind: t('today.news_order'), amount: textOf(row, 'amount'),
      text: textOf(row, 'number'),
    })),
  ];
  if (news.length === 0) return <p className="faint">{t('today.no_news')}</p>;
  return (
    <ul className={styles.findings}>
      {news.slice(0, SHOWN_NEWS).map(({ row, object, kind, amount, text }) => (
        <li key={row.id}>
          <Link className={styles.news} to={recordPath(object, row.id)}>
            <span className={styles.kind}>{kind}</span>
            <span className={styles.what}>
              {textOf(row, 'account.name')} <span className="faint">{text}</span>
            </span>
            {amount !== '' && <Amount value={amount} unit="one" />}
          </Link>
        </li>
      ))}
    </ul>
  );
}
