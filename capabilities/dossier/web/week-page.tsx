import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
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
  'planned', 'reported', 'unreported', 'without_dossier', 'checks_due', 'complaints_open',
  'causes_open',
] as const satisfies readonly (keyof Overview['managers'][number])[];

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
                  <td key={count} className={styles.right}>{manager[count]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
