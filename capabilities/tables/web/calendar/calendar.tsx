import { Button, Segmented } from 'antd';
import { CalendarDays, ChevronLeft, ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import { fieldOf, useMeta } from '@/api/meta';
import type { FieldMeta, Fields, ObjectMeta, RecordRow } from '@/api/types';
import { asText } from '@/fields/widget';
import { isWritable } from '@/fields/writable';
import { useText } from '@/i18n/use-text';
import { addDays, addMonths, formatDateTime, fromZoned, todayIn } from '@/lib/dates';
import { Notice } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import { FieldChoice } from '../shared/field-choice';
import { usePeriod } from '../shared/use-period';
import { writeFields } from '../shared/write';
import shared from '../shared/shared.module.css';
import type { ViewProps } from '../views/pages';
import { Days } from './days';
import { daysShown, movedBy } from './month';
import type { Span } from './month';

const DAY_MS = 86_400_000;

export function dayFields(object: ObjectMeta): readonly FieldMeta[] {
  return object.fields.filter((field) => field.sensitivity !== 'personal'
    && (field.type === 'date' || field.type === 'datetime'));
}

export function firstDayField(object: ObjectMeta, name: string | undefined) {
  const fields = dayFields(object);
  return fieldOf(object, name ?? '') ?? fields.find((field) => !field.system) ?? fields[0];
}

/** What changes when a record is drawn to another day: its hour stays, its end moves along. */
function movedTo(
  record: RecordRow, day: string, field: FieldMeta, end: FieldMeta | undefined, zone: string,
): Fields {
  const old = asText(record.fields[field.api_name]);
  const hour = formatDateTime(old, zone).slice(11);
  const moved = field.type === 'date' ? day : fromZoned(`${day}T${hour}:00`, zone);
  const days = Math.round((Date.parse(moved) - Date.parse(old)) / DAY_MS);
  const endValue = end && asText(record.fields[end.api_name]);
  return {
    [field.api_name]: moved,
    ...(end && endValue ? { [end.api_name]: movedBy(endValue, days) } : {}),
  };
}

/** Records on the days of a month or a week; dragging one moves its day. */
export default function Calendar({ object, view, onOpen }: ViewProps) {
  const { t } = useText();
  const { workspace } = useMeta();
  const [params] = useUrlState();
  const today = todayIn(workspace.time_zone);
  const day = params.get('at') ?? today;
  const span: Span = params.get('span') === 'week' ? 'week' : 'month';
  const field = firstDayField(object, view.definition.from);
  const days = useMemo(() => daysShown(day, span), [day, span]);
  const [dragged, setDragged] = useState<RecordRow | null>(null);
  const { records, truncated } = usePeriod(object, view, field, days);
  if (!field) {
    return <Notice icon={CalendarDays} title={t('calendar.no_field')} />;
  }
  const end = fieldOf(object, view.definition.to ?? '');
  const zone = workspace.time_zone;
  const dayOf = (record: RecordRow) => {
    const value = asText(record.fields[field.api_name]);
    return field.type === 'date' ? value : formatDateTime(value, zone).slice(0, 10);
  };
  const drop = (to: string) => {
    setDragged(null);
    if (dragged) void writeFields(object, dragged, movedTo(dragged, to, field, end, zone), t);
  };
  return (
    <>
      <CalendarBar
        object={object} view={view} day={day} days={days} span={span} field={field}
        truncated={truncated}
      />
      <Days
        object={object} days={days} month={span === 'month' ? day.slice(0, 7) : null} today={today}
        records={records} dayOf={dayOf} movable={isWritable(field)} colour={view.definition.colour}
        onOpen={onOpen} onDrag={setDragged} onDrop={drop}
      />
    </>
  );
}

type BarProps = Pick<ViewProps, 'object' | 'view'> & Readonly<{
  day: string; days: readonly string[]; span: Span; field: FieldMeta; truncated: boolean;
}>;

function CalendarBar({ object, view, day, days, span, field, truncated }: BarProps) {
  const { t } = useText();
  const [, set] = useUrlState();
  const shown = span === 'week' ? `${days[0] ?? ''} – ${days[6] ?? ''}` : day.slice(0, 7);
  const go = (step: number) => {
    set({ at: span === 'week' ? addDays(day, 7 * step) : addMonths(day, step) }, { replace: true });
  };
  return (
    <div className={shared.options}>
      <Button
        size="small" type="text" icon={<ChevronLeft size={15} />}
        aria-label={t('calendar.before')}
        onClick={() => {
          go(-1);
        }}
      />
      <b className="tabular">{shown}</b>
      <Button
        size="small" type="text" icon={<ChevronRight size={15} />} aria-label={t('calendar.after')}
        onClick={() => {
          go(1);
        }}
      />
      <Button
        size="small"
        onClick={() => {
          set({ at: null }, { replace: true });
        }}
      >
        {t('relative.today')}
      </Button>
      <Segmented<Span>
        size="small" value={span}
        options={[
          { value: 'month', label: t('calendar.month') },
          { value: 'week', label: t('calendar.week') },
        ]}
        onChange={(next) => {
          set({ span: next === 'month' ? null : next }, { replace: true });
        }}
      />
      <FieldChoice
        label={t('calendar.day_of')} fields={dayFields(object)} value={field.api_name}
        onChange={(from) => {
          view.change({ from });
        }}
      />
      {truncated && <span className={shared.note}>{t('calendar.truncated')}</span>}
    </div>
  );
}
