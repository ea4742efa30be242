import { useEffect, useRef, useState } from 'react';
import type { PointerEvent } from 'react';
import { fieldOf } from '@/api/meta';
import type { FieldMeta, ObjectMeta, RecordRow } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { daysBetween } from '@/lib/dates';
import { cellText } from '../cells/cell-text';
import { useCellContext } from '../shared/use-context';
import { marksOf, placeOf } from './scale';
import type { Timeline, Zoom } from './scale';
import styles from './gantt.module.css';

export type Task = Readonly<{ record: RecordRow; from: string; to: string; after: string }>;

type Props = Readonly<{
  object: ObjectMeta;
  tasks: readonly Task[];
  timeline: Timeline;
  zoom: Zoom;
  today: string;
  movable: boolean;
  stretchable: boolean;
  colour: FieldMeta | undefined;
  onOpen: (id: string) => void;
  /** Moves the first and the last day by so many days. */
  onMove: (record: RecordRow, first: number, last: number) => void;
}>;

const LINE = 34;
const BAR_MIDDLE = 17;

export function Bars(props: Props) {
  const { object, tasks, timeline, zoom, today } = props;
  const { t } = useText();
  const context = useCellContext();
  const scroll = useRef<HTMLDivElement>(null);
  const primary = fieldOf(object, object.primary_field);
  const todayAt = placeOf(timeline, today);
  useEffect(() => {
    const element = scroll.current;
    if (element) element.scrollLeft = todayAt - element.clientWidth / 3;
  }, [todayAt]);
  return (
    <div className={styles.scroll} ref={scroll}>
      <div className={styles.head} style={{ width: timeline.width }}>
        {marksOf(timeline, zoom).map((mark) => (
          <span key={mark.at} className={styles.mark} style={{ left: mark.at }}>{mark.text}</span>
        ))}
      </div>
      <div className={styles.body} style={{ width: timeline.width, height: tasks.length * LINE }}>
        {marksOf(timeline, zoom).map((mark) => (
          <i key={mark.at} className={styles.rule} style={{ left: mark.at }} />
        ))}
        <i className={styles.now} style={{ left: todayAt }} />
        <Arrows tasks={tasks} timeline={timeline} />
        {tasks.map((task, at) => (
          <div key={task.record.id} className={styles.line} style={{ top: at * LINE }}>
            <button
              type="button" className={styles.name}
              onClick={() => {
                props.onOpen(task.record.id);
              }}
            >
              {(primary && cellText(primary, task.record.fields, context)) || t('value.unnamed')}
            </button>
            <Bar {...props} task={task} />
          </div>
        ))}
      </div>
    </div>
  );
}

type Drag = Readonly<{ part: 'whole' | 'first' | 'last'; x: number; days: number }>;

function Bar({ task, timeline, movable, stretchable, colour, onMove }: Props & { task: Task }) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const option = colour?.options?.find(({ key }) => key === task.record.fields[colour.api_name]);
  const may = movable && task.record.can.includes('update');
  const first = drag && drag.part !== 'last' ? drag.days : 0;
  const last = drag && drag.part !== 'first' ? drag.days : 0;
  const days = daysBetween(task.from, task.to || task.from) + 1;
  const begin = (part: Drag['part']) => (event: PointerEvent<HTMLElement>) => {
    if (!may || event.button > 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ part, x: event.clientX, days: 0 });
  };
  const move = (event: PointerEvent<HTMLElement>) => {
    if (!drag) return;
    setDrag({ ...drag, days: Math.round((event.clientX - drag.x) / timeline.perDay) });
  };
  const end = () => {
    setDrag(null);
    if (drag && drag.days !== 0 && days + last - first > 0) onMove(task.record, first, last);
  };
  const handlers = { onPointerMove: move, onPointerUp: end };
  return (
    <div
      className={may ? styles.bar : styles.still} title={`${task.from} – ${task.to || task.from}`}
      style={{
        left: placeOf(timeline, task.from) + first * timeline.perDay,
        width: Math.max(1, days + last - first) * timeline.perDay,
        background: `var(--tag-${option?.color ?? 'blue'})`,
      }}
      onPointerDown={begin('whole')} {...handlers}
    >
      {may && stretchable && (
        <>
          <i className={styles.first} onPointerDown={begin('first')} {...handlers} />
          <i className={styles.last} onPointerDown={begin('last')} {...handlers} />
        </>
      )}
    </div>
  );
}

/** From the end of what comes before to the beginning of what waits for it. */
function Arrows({ tasks, timeline }: Readonly<{ tasks: readonly Task[]; timeline: Timeline }>) {
  const places = new Map(tasks.map((task, at) => [task.record.id, at]));
  const paths = tasks.flatMap((task, at) => {
    const before = places.get(task.after);
    const other = before === undefined ? undefined : tasks[before];
    if (!other || before === undefined) return [];
    const x = placeOf(timeline, other.to || other.from) + timeline.perDay;
    const toX = placeOf(timeline, task.from);
    const [y, toY] = [before * LINE + BAR_MIDDLE, at * LINE + BAR_MIDDLE];
    return [`M${x},${y} h6 V${toY} H${toX}`];
  });
  return (
    <svg className={styles.arrows} width={timeline.width} height={tasks.length * LINE} aria-hidden>
      {paths.map((path) => <path key={path} d={path} />)}
    </svg>
  );
}
