import { useEffect, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { FieldMeta, ObjectMeta, RecordRow, Value } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { formatCount } from '@/lib/money';
import { LoadMore } from '@/records/load-more';
import { useDropTarget } from '@/ui/drop-target';
import type { CellContext } from '../cells/cell-text';
import type { RowSource } from '../rows/row-source';
import { RecordCard } from '../shared/record-card';
import { measureText } from '../views/measure-text';
import styles from './kanban.module.css';

export type LaneData = Readonly<{
  key: Value; name: string; count: number; sum: Value; colour: string | undefined;
}>;

type Props = Readonly<{
  lane: LaneData;
  object: ObjectMeta;
  fields: readonly FieldMeta[];
  context: CellContext;
  source: RowSource;
  cards: readonly RecordRow[];
  dragged: RecordRow | null;
  sumField: FieldMeta | undefined;
  movable: boolean;
  onOpen: (id: string) => void;
  onDrag: (record: RecordRow | null) => void;
  onMove: (record: RecordRow, key: Value) => void;
  /** Moves a card by lanes, for the keyboard. */
  onStep: (record: RecordRow, step: number) => void;
}>;

const FIRST_CARDS = 30;

export function Lane(props: Props) {
  const { lane, object, fields, context, source, cards, dragged, sumField, movable } = props;
  const { t, language } = useText();
  const { over, handlers } = useDropTarget(dragged !== null, () => {
    if (dragged) props.onMove(dragged, lane.key);
  });
  const [wanted, setWanted] = useState(FIRST_CARDS);
  useEffect(() => {
    source.look(0, wanted - 1);
  }, [source, wanted]);
  const step = (event: KeyboardEvent, record: RecordRow) => {
    if (!event.altKey || !movable) return;
    if (event.key === 'ArrowRight') props.onStep(record, 1);
    if (event.key === 'ArrowLeft') props.onStep(record, -1);
  };
  const name = lane.name === '' ? t('tables.empty_group') : lane.name;
  return (
    <section
      className={over ? styles.over : styles.lane} aria-label={name} {...handlers}
    >
      <header className={styles.head}>
        {lane.colour && (
          <i className={styles.dot} style={{ background: `var(--tag-${lane.colour})` }} />
        )}
        <h2 className={styles.name}>{name}</h2>
        <span className="faint tabular">{formatCount(lane.count)}</span>
        {sumField && (
          <span className={styles.sum}>
            {measureText(sumField, 'sum', lane.sum, context, language)}
          </span>
        )}
      </header>
      <div className={styles.cards}>
        {cards.slice(0, Math.max(wanted, cards.length - source.total + wanted)).map((record) => (
          <RecordCard
            key={record.id} object={object} record={record} fields={fields} context={context}
            draggable={movable && record.can.includes('update')}
            onOpen={() => {
              props.onOpen(record.id);
            }}
            onDragStart={(event) => {
              event.dataTransfer.setData('text/plain', record.id);
              props.onDrag(record);
            }}
            onKeyDown={(event) => {
              step(event, record);
            }}
          />
        ))}
        <LoadMore
          hasMore={wanted < lane.count} loading={false}
          onMore={() => {
            setWanted(wanted + FIRST_CARDS);
          }}
        />
      </div>
    </section>
  );
}
