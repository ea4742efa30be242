import { GripVertical } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { formatDateTime, todayIn } from '@/lib/dates';
import { recordPath } from '@/records/record-path';
import type { Row, Week } from './dossier-api';
import { fieldText } from './dossier-api';
import type { Held } from './use-week-plan';
import styles from './week.module.css';

type Props = Readonly<{
  week: Week;
  days: readonly string[];
  held: Held | null;
  onHold: (held: Held | null) => void;
  onPlan: (held: Held, day: string) => void;
}>;

/** "周一 11-23" */
export function useDayName(): (day: string) => string {
  const { language } = useText();
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  return (day) => `${weekday.format(new Date(`${day}T00:00:00Z`))} ${day.slice(5)}`;
}

/** The days of the week with what is planned on them. */
export function WeekBoard({ week, days, held, onHold, onPlan }: Props) {
  const { workspace } = useMeta();
  const today = todayIn(workspace.time_zone);
  const dayOf = (visit: Row) => (
    formatDateTime(fieldText(visit, 'planned_at'), workspace.time_zone).slice(0, 10)
  );
  return (
    <div className={styles.board}>
      {days.map((day) => (
        <DayColumn
          key={day} day={day} today={day === today} held={held} onHold={onHold} onPlan={onPlan}
          visits={week.planned.filter((visit) => dayOf(visit) === day)}
        />
      ))}
    </div>
  );
}

type ColumnProps = Readonly<{
  day: string; today: boolean; visits: readonly Row[];
}> & Pick<Props, 'held' | 'onHold' | 'onPlan'>;

function DayColumn({ day, today, visits, held, onHold, onPlan }: ColumnProps) {
  const [over, setOver] = useState(false);
  const name = useDayName()(day);
  return (
    <section
      className={over && held ? styles.over : styles.day} aria-label={name} data-today={today}
      onDragOver={(event) => {
        if (!held) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (held) onPlan(held, day);
        onHold(null);
      }}
    >
      <h3 className={styles.dayName}>{name}</h3>
      <ul className={styles.visits}>
        {visits.map((visit) => <Visit key={visit.id} visit={visit} onHold={onHold} />)}
      </ul>
    </section>
  );
}

function Visit({ visit, onHold }: Readonly<{ visit: Row }> & Pick<Props, 'onHold'>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const waits = fieldText(visit, 'state') === 'planned';
  const time = formatDateTime(fieldText(visit, 'planned_at'), workspace.time_zone).slice(11);
  return (
    <li
      className={styles.visit} draggable={waits} data-done={!waits}
      onDragStart={(event) => {
        event.dataTransfer.setData('text/plain', visit.id);
        onHold({ visit });
      }}
      onDragEnd={() => {
        onHold(null);
      }}
    >
      {waits && <GripVertical size={13} aria-hidden className={styles.grip} />}
      <time className="faint tabular">{time}</time>
      <Link to={recordPath('account', fieldText(visit, 'account'))} draggable={false}>
        {fieldText(visit, 'account.name')}
      </Link>
      {!waits && <span className={styles.done}>{t('dossier.visit_done')}</span>}
    </li>
  );
}
