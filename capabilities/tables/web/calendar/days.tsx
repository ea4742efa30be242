import { useState } from 'react';
import { fieldOf } from '@/api/meta';
import type { ObjectMeta, RecordRow } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { cellText } from '../cells/cell-text';
import { useCellContext } from '../shared/use-context';
import styles from './calendar.module.css';

type Props = Readonly<{
  object: ObjectMeta;
  days: readonly string[];
  /** The month that is shown; days of others are pale. */
  month: string | null;
  today: string;
  records: readonly RecordRow[];
  dayOf: (record: RecordRow) => string;
  movable: boolean;
  colour: string | undefined;
  onOpen: (id: string) => void;
  onDrag: (record: RecordRow | null) => void;
  onDrop: (day: string) => void;
}>;

const SHOWN_IN_MONTH = 4;

function useWeekdays(days: readonly string[]): readonly string[] {
  const { language } = useText();
  const format = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  return days.slice(0, 7).map((day) => format.format(new Date(`${day}T00:00:00Z`)));
}

export function Days(props: Props) {
  const { days, records, dayOf } = props;
  const weekdays = useWeekdays(days);
  const byDay = new Map<string, RecordRow[]>();
  for (const record of records) {
    byDay.set(dayOf(record), [...(byDay.get(dayOf(record)) ?? []), record]);
  }
  return (
    <div className={styles.scroll}>
      <div className={styles.weekdays}>
        {weekdays.map((name) => <span key={name}>{name}</span>)}
      </div>
      <div className={styles.days} data-week={days.length === 7}>
        {days.map((day) => <Day key={day} {...props} day={day} own={byDay.get(day) ?? []} />)}
      </div>
    </div>
  );
}

type DayProps = Props & Readonly<{ day: string; own: readonly RecordRow[] }>;

function Day({ day, own, ...props }: DayProps) {
  const { object, month, today, movable, colour, onOpen, onDrag, onDrop } = props;
  const { t } = useText();
  const context = useCellContext();
  const [open, setOpen] = useState(false);
  const primary = fieldOf(object, object.primary_field);
  const colourField = fieldOf(object, colour ?? '');
  const shown = open || month === null ? own : own.slice(0, SHOWN_IN_MONTH);
  return (
    <section
      className={month !== null && !day.startsWith(month) ? styles.pale : styles.day}
      aria-label={day}
      onDragOver={(event) => {
        if (movable) event.preventDefault();
      }}
      onDrop={(event) => {
        event.preventDefault();
        onDrop(day);
      }}
    >
      <span className={day === today ? styles.today : styles.number}>{Number(day.slice(8))}</span>
      {shown.map((record) => {
        const option = colourField?.options?.find(
          ({ key }) => key === record.fields[colourField.api_name],
        );
        return (
          <button
            key={record.id} type="button" className={styles.record}
            style={{ borderInlineStartColor: `var(--tag-${option?.color ?? 'blue'})` }}
            draggable={movable && record.can.includes('update')}
            onDragStart={(event) => {
              event.dataTransfer.setData('text/plain', record.id);
              onDrag(record);
            }}
            onClick={() => {
              onOpen(record.id);
            }}
          >
            {(primary && cellText(primary, record.fields, context)) || t('value.unnamed')}
          </button>
        );
      })}
      {shown.length < own.length && (
        <button
          type="button" className={styles.rest}
          onClick={() => {
            setOpen(true);
          }}
        >
          {t('calendar.rest', { n: own.length - shown.length })}
        </button>
      )}
    </section>
  );
}
