import { Segmented } from 'antd';
import { ChartNoAxesGantt } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { fieldOf, useMeta } from '@/api/meta';
import type { FieldMeta, ObjectMeta, RecordRow } from '@/api/types';
import { asText } from '@/fields/widget';
import { isWritable } from '@/fields/writable';
import { useText } from '@/i18n/use-text';
import { formatDateTime, todayIn } from '@/lib/dates';
import { Notice, TableSkeleton } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import { dayFields, firstDayField } from '../calendar/calendar';
import { movedBy } from '../calendar/month';
import { useSelect, withWhere } from '../rows/use-rows';
import { FieldChoice } from '../shared/field-choice';
import { useBook } from '../shared/use-book';
import { writeFields } from '../shared/write';
import shared from '../shared/shared.module.css';
import type { ViewProps } from '../views/pages';
import { Bars } from './bars';
import type { Task } from './bars';
import { ZOOMS, timelineOf } from './scale';
import type { Zoom } from './scale';

/** More bars than this are drawn by nobody's eye. */
const MOST_TASKS = 400;

const ZOOM_TEXTS: Readonly<Record<Zoom, string>> = {
  day: 'tables.by_day', week: 'tables.by_week', month: 'tables.by_month',
};

function useTasks(
  { object, view }: ViewProps, from: FieldMeta | undefined, to: FieldMeta | undefined,
) {
  const { workspace } = useMeta();
  const { definition, search } = view;
  const names = useMemo(() => [
    from?.api_name ?? '', to?.api_name ?? '', definition.after ?? '', definition.colour ?? '',
  ], [from, to, definition.after, definition.colour]);
  const select = useSelect(object, names);
  const name = from?.api_name ?? '';
  const where = withWhere(definition.where, { op: 'not_empty', field: name });
  const sort = definition.sort?.length ? definition.sort : [{ field: name, dir: 'desc' as const }];
  const book = useBook({ object, select, where, search, sort });
  const source = book.source('', where, null);
  useEffect(() => {
    source.look(0, MOST_TASKS - 1);
  }, [source]);
  const dayOf = (record: RecordRow, field: FieldMeta | undefined) => {
    const value = field ? asText(record.fields[field.api_name]) : '';
    return field?.type === 'datetime' && value !== ''
      ? formatDateTime(value, workspace.time_zone).slice(0, 10) : value;
  };
  const tasks = source.loaded().slice(0, MOST_TASKS).map((record): Task => {
    const first = dayOf(record, from);
    const last = dayOf(record, to);
    const after = definition.after ? asText(record.fields[definition.after]) : '';
    return { record, from: first, to: last < first ? first : last, after };
  });
  return { tasks, source };
}

function selfLinks(object: ObjectMeta): readonly FieldMeta[] {
  return object.fields.filter((field) => field.type === 'link' && !field.many
    && field.target === object.api_name);
}

/** Records as bars over time; a bar is dragged, and drawn longer at its ends. */
export default function Gantt(props: ViewProps) {
  const { object, view, onOpen } = props;
  const { t } = useText();
  const { workspace } = useMeta();
  const [params, set] = useUrlState();
  const zoom = (Object.keys(ZOOMS) as Zoom[]).find((one) => one === params.get('zoom')) ?? 'week';
  const from = firstDayField(object, view.definition.from);
  const days = dayFields(object);
  const to = fieldOf(object, view.definition.to ?? '');
  const { tasks, source } = useTasks(props, from, to);
  const today = todayIn(workspace.time_zone);
  const texts = tasks.flatMap((task) => [task.from, task.to]).join();
  const timeline = useMemo(
    () => timelineOf(texts === '' ? [] : texts.split(','), today, zoom), [texts, today, zoom],
  );
  if (!from) return <Notice icon={ChartNoAxesGantt} title={t('calendar.no_field')} />;
  const move = (record: RecordRow, first: number, last: number) => {
    const moved = (field: FieldMeta, by: number) => (
      { [field.api_name]: movedBy(asText(record.fields[field.api_name]), by) }
    );
    const hasEnd = to && asText(record.fields[to.api_name]) !== '';
    void writeFields(object, record, {
      ...(first === 0 ? {} : moved(from, first)), ...(hasEnd && last !== 0 ? moved(to, last) : {}),
    }, t);
  };
  const choose = (key: 'from' | 'to' | 'after') => (name: string | undefined) => {
    view.change({ [key]: name });
  };
  return (
    <>
      <div className={shared.options}>
        <Segmented<Zoom>
          size="small" value={zoom}
          options={(Object.keys(ZOOMS) as Zoom[]).map((value) => (
            { value, label: t(ZOOM_TEXTS[value]) }
          ))}
          onChange={(next) => {
            set({ zoom: next }, { replace: true });
          }}
        />
        <FieldChoice
          label={t('gantt.from')} fields={days} value={from.api_name} onChange={choose('from')}
        />
        <FieldChoice
          label={t('gantt.to')} fields={days} value={to?.api_name} none={t('gantt.no_end')}
          onChange={choose('to')}
        />
        {selfLinks(object).length > 0 && (
          <FieldChoice
            label={t('gantt.after')} fields={selfLinks(object)} value={view.definition.after}
            none={t('gantt.nothing')} onChange={choose('after')}
          />
        )}
        {source.total > MOST_TASKS && <span className={shared.note}>{t('gantt.truncated')}</span>}
      </div>
      {source.started ? (
        <Bars
          object={object} tasks={tasks} timeline={timeline} zoom={zoom} today={today}
          movable={isWritable(from)} stretchable={to !== undefined && isWritable(to)}
          colour={fieldOf(object, view.definition.colour ?? '')} onOpen={onOpen} onMove={move}
        />
      ) : <TableSkeleton columns={5} rows={12} />}
    </>
  );
}
