import { Button, DatePicker, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { Plus, X } from 'lucide-react';
import { useMeta } from '@/api/meta';
import type { Settings } from '@/api/settings';
import { useText } from '@/i18n/use-text';
import { todayIn } from '@/lib/dates';
import styles from './settings.module.css';

type Calendar = NonNullable<Settings['working_calendar']>;
type Span = NonNullable<Calendar['days']>[number];

// 2024-01-01 was a Monday.
const WEEK = Array.from({ length: 7 }, (_, at) => ({ number: at + 1, day: `2024-01-0${at + 1}` }));

type Props = Readonly<{
  calendar: Calendar;
  error: string | undefined;
  onChange: (calendar: Calendar) => void;
}>;

/** Weekend, public holidays and the working days that make up for them. */
export function WorkingCalendar({ calendar, error, onChange }: Props) {
  const { t, language } = useText();
  const { workspace } = useMeta();
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  const days = calendar.days ?? [];
  const setDays = (next: readonly Span[]) => {
    onChange({ ...calendar, days: next });
  };
  const today = todayIn(workspace.time_zone);
  return (
    <fieldset className={styles.group}>
      <legend className={styles.label}>{t('settings.calendar')}</legend>
      <label className={styles.field}>
        <span className={styles.label}>{t('settings.weekend')}</span>
        <Select
          mode="multiple" value={[...(calendar.weekend ?? [])]}
          options={WEEK.map(({ number, day }) => ({
            value: number, label: weekday.format(new Date(`${day}T00:00:00Z`)),
          }))}
          onChange={(weekend) => {
            onChange({ ...calendar, weekend });
          }}
        />
      </label>
      <ul className={styles.spans}>
        {days.map((span, at) => (
          <SpanRow
            key={at} span={span}
            onChange={(next) => {
              setDays(days.map((one, place) => (place === at ? next : one)));
            }}
            onRemove={() => {
              setDays(days.filter((_, place) => place !== at));
            }}
          />
        ))}
      </ul>
      <div>
        <Button
          icon={<Plus size={15} aria-hidden />}
          onClick={() => {
            setDays([...days, { from: today, until: today, kind: 'holiday', name: '' }]);
          }}
        >
          {t('settings.add_days')}
        </Button>
      </div>
      {error !== undefined && <span className={styles.error} role="alert">{error}</span>}
    </fieldset>
  );
}

type RowProps = Readonly<{
  span: Span; onChange: (span: Span) => void; onRemove: () => void;
}>;

function SpanRow({ span, onChange, onRemove }: RowProps) {
  const { t } = useText();
  return (
    <li className={styles.span}>
      <DatePicker.RangePicker
        aria-label={t('settings.days_range')} allowClear={false}
        value={[dayjs(span.from), dayjs(span.until)]}
        onChange={(range) => {
          const [first, last] = range ?? [];
          if (!first || !last) return;
          onChange({
            ...span, from: first.format('YYYY-MM-DD'), until: last.format('YYYY-MM-DD'),
          });
        }}
      />
      <Select<Span['kind']>
        aria-label={t('settings.days_kind')} value={span.kind} className={styles.spanKind}
        options={[
          { value: 'holiday', label: t('settings.holiday') },
          { value: 'working', label: t('settings.make_up_day') },
        ]}
        onChange={(kind) => {
          onChange({ ...span, kind });
        }}
      />
      <Input
        aria-label={t('settings.days_name')} placeholder={t('settings.days_name')}
        value={span.name ?? ''} maxLength={40} className={styles.spanName}
        onChange={(event) => {
          onChange({ ...span, name: event.target.value });
        }}
      />
      <Button
        type="text" icon={<X size={15} aria-hidden />}
        aria-label={t('settings.remove_days', { name: span.name ?? '', from: span.from })}
        onClick={onRemove}
      />
    </li>
  );
}
