import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { CheckCheck, ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useMeta } from '@/api/meta';
import { settingsQuery } from '@/api/settings';
import { useText } from '@/i18n/use-text';
import { addDays, todayIn } from '@/lib/dates';
import { Page, Panel } from '@/ui/page';
import { Failed, TableSkeleton } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import { CalendarFeed } from './calendar-feed';
import type { Overview, Week } from './dossier-api';
import { overviewQuery, weekQuery } from './dossier-api';
import { COUNT_TEXTS, textKey } from './text-keys';
import type { Held } from './use-week-plan';
import { useWeekPlan } from './use-week-plan';
import { WeekBoard } from './week-board';
import { Candidates } from './week-candidates';
import { planDays } from './week-days';
import styles from './dossier.module.css';

const DAYS = 7;

/** Whom to see this week and why; what is planned; how everybody's week went. */
export default function WeekPage() {
  const { t } = useText();
  const { workspace } = useMeta();
  const [params, change] = useUrlState();
  const asked = params.get('from') ?? todayIn(workspace.time_zone);
  const week = useQuery(weekQuery(asked));
  const from = week.data?.from ?? asked;
  const move = (days: number) => {
    change({ from: addDays(from, days) });
  };
  return (
    <Page
      title={t('dossier.week')}
      note={<span className="tabular">{`${from} – ${addDays(from, DAYS - 1)}`}</span>}
      tools={(
        <>
          <Link to="/checks" className={styles.open}>
            <CheckCheck size={15} aria-hidden />{t('dossier.checks')}
          </Link>
          <CalendarFeed />
          <Button
            icon={<ChevronLeft size={15} aria-hidden />} aria-label={t('dossier.week_before')}
            onClick={() => {
              move(-DAYS);
            }}
          />
          <Button
            icon={<ChevronRight size={15} aria-hidden />} aria-label={t('dossier.week_after')}
            onClick={() => {
              move(DAYS);
            }}
          />
        </>
      )}
    >
      {week.isPending && <TableSkeleton rows={6} columns={3} />}
      {week.isError && <Failed error={week.error} retry={() => void week.refetch()} />}
      {week.data && <Plan week={week.data} />}
      {week.data && <Managers from={from} />}
    </Page>
  );
}

/** The days above, whom to see below: what is below is dragged onto a day. */
function Plan({ week }: Readonly<{ week: Week }>) {
  const [held, hold] = useState<Held | null>(null);
  const settings = useQuery(settingsQuery);
  const days = planDays(week, settings.data?.working_calendar);
  const plan = useWeekPlan(days);
  return (
    <>
      <WeekBoard week={week} days={days} held={held} onHold={hold} onPlan={plan} />
      <Candidates week={week} days={days} onHold={hold} onPlan={plan} />
    </>
  );
}

const COUNTS = [
  'planned', 'reported', 'unreported', 'without_dossier', 'checks_due', 'contradictions',
  'complaints_open', 'causes_open',
] as const satisfies readonly (keyof Overview['managers'][number])[];

/** The list behind a count, where there is one. */
function listOf(count: typeof COUNTS[number], manager: string, from: string): string | null {
  if (count === 'causes_open') return `/causes?owner=${manager}`;
  if (count === 'checks_due') return `/checks?owner=${manager}`;
  if (count !== 'contradictions') return null;
  return `/checks?show=contradictions&owner=${manager}&from=${from}&to=${addDays(from, DAYS)}`;
}

function Counted({ n, to }: Readonly<{ n: number; to: string | null }>) {
  return n === 0 || to === null ? n : <Link to={to}>{n}</Link>;
}

function Managers({ from }: Readonly<{ from: string }>) {
  const { t } = useText();
  const found = useQuery(overviewQuery(from, addDays(from, DAYS)));
  if (!found.data || found.data.managers.length === 0) return null;
  return (
    <Panel flush title={t('dossier.managers')}>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('dossier.manager')}</th>
              {COUNTS.map((count) => (
                <th key={count} scope="col" className={styles.right}>
                  {t(textKey(COUNT_TEXTS, count))}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.data.managers.map((manager) => (
              <tr key={manager.user.id}>
                <td>{manager.user.name}</td>
                {COUNTS.map((count) => (
                  <td key={count} className={styles.right}>
                    <Counted n={manager[count]} to={listOf(count, manager.user.id, from)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
