import { GripVertical } from 'lucide-react';
import { Link } from 'react-router';
import { useMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { formatDateTime, todayIn } from '@/lib/dates';
import { recordPath } from '@/records/record-path';
import { useDropTarget } from '@/ui/drop-target';
import type { Row, Week } from './dossier-api';
import { fieldText } from './dossier-api';
import type { Held } from './use-week-plan';
import type { PlanDay } from './week-days';
import { shutdownOf } from './week-days';
import styles from './week.module.css';

type Props = Readonly<{
  week: Week;
  days: readonly PlanDay[];
  held: Held | null;
  onHold: (held: Held | null) => void;
  onPlan: (held: Held, day: string) => void;
}>;

const SHOWN_SHUTDOWNS = 3;

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
          key={day.day} day={day} today={day.day === today} held={held} onHold={onHold}
          onPlan={onPlan} visits={week.planned.filter((visit) => dayOf(visit) === day.day)}
        />
      ))}
    </div>
  );
}

type ColumnProps = Readonly<{
  day: PlanDay; today: boolean; visits: readonly Row[];
}> & Pick<Props, 'held' | 'onHold' | 'onPlan'>;

function DayColumn({ day, today, visits, held, onHold, onPlan }: ColumnProps) {
  const name = useDayName()(day.day);
  const { over, handlers } = useDropTarget(held !== null, () => {
    if (held) onPlan(held, day.day);
    onHold(null);
  });
  return (
    <section
      className={over ? styles.over : styles.day} aria-label={name}
      data-today={today} data-works={day.works} {...handlers}
    >
      <h3 className={styles.dayName}>{name} <Mark day={day} /></h3>
      <ul className={styles.visits}>
        {visits.map((visit) => (
          <Visit
            key={visit.id} visit={visit} onHold={onHold}
            stands={shutdownOf(day, fieldText(visit, 'account'))}
          />
        ))}
      </ul>
      <Shutdowns day={day} />
    </section>
  );
}

const MARKS = { holiday: 'dossier.holiday', working: 'dossier.make_up_day' } as const;

function Mark({ day }: Readonly<{ day: PlanDay }>) {
  const { t } = useText();
  if (!day.mark) return null;
  return (
    <span className={styles.mark} data-mark={day.mark}>
      {[t(MARKS[day.mark]), day.name].filter(Boolean).join(' · ')}
    </span>
  );
}

/** Whose site stands still that day, and why. */
function Shutdowns({ day }: Readonly<{ day: PlanDay }>) {
  const { t } = useText();
  if (day.shutdowns.length === 0) return null;
  const more = day.shutdowns.length - SHOWN_SHUTDOWNS;
  return (
    <ul className={styles.shutdowns} aria-label={t('dossier.shutdowns')}>
      {day.shutdowns.slice(0, SHOWN_SHUTDOWNS).map((shutdown) => (
        <li key={shutdown.id}>
          {t('dossier.stands_still', {
            name: fieldText(shutdown, 'account.name'), reason: fieldText(shutdown, 'reason'),
          })}
        </li>
      ))}
      {more > 0 && <li>{t('dossier.more_shutdowns', { n: more })}</li>}
    </ul>
  );
}

type VisitProps = Readonly<{ visit: Row; stands: Row | undefined }> & Pick<Props, 'onHold'>;

function Visit({ visit, stands, onHold }: VisitProps) {
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
      {waits && stands && <span className={styles.warned}>{t('dossier.in_shutdown')}</span>}
    </li>
  );
}
