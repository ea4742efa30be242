import { useQuery } from '@tanstack/react-query';
import { SquareKanban } from 'lucide-react';
import { useMemo, useState } from 'react';
import { fieldOf, isLink, isNumber, useObjectMeta } from '@/api/meta';
import { recordQuery } from '@/api/records';
import type { FieldMeta, Filter, ObjectMeta, RecordRow, Value } from '@/api/types';
import { asText } from '@/fields/widget';
import { isWritable } from '@/fields/writable';
import { useText } from '@/i18n/use-text';
import { Notice, TableSkeleton } from '@/ui/states';
import { optionText } from '../cells/cell-text';
import { shownFields } from '../grid/columns';
import { COUNT } from '../rows/layout';
import { MOST_GROUPS, aggregateQuery } from '../rows/table-api';
import { useSelect, withWhere } from '../rows/use-rows';
import { FieldChoice } from '../shared/field-choice';
import { useBook } from '../shared/use-book';
import { useCellContext } from '../shared/use-context';
import { writeFields } from '../shared/write';
import shared from '../shared/shared.module.css';
import type { ViewProps } from '../views/pages';
import { Lane } from './lane';
import type { LaneData } from './lane';
import styles from './kanban.module.css';

const MOST_CARD_FIELDS = 5;
const MOST_LANES = 40;
const SUM = 'total';

export function laneFields(object: ObjectMeta): readonly FieldMeta[] {
  return object.fields.filter((field) => !field.system && !field.many
    && field.sensitivity !== 'personal' && (field.type === 'select' || isLink(field)));
}

function laneField(object: ObjectMeta, name: string | undefined): FieldMeta | undefined {
  const fields = laneFields(object);
  return fieldOf(object, name ?? '')
    ?? fields.find(({ api_name }) => /^(stage|state)$/.test(api_name))
    ?? fields.find(({ type }) => type === 'select') ?? fields[0];
}

/** The names of linked records that are lanes. */
function useLaneNames(field: FieldMeta | undefined, keys: readonly Value[]) {
  const target = field && isLink(field)
    ? (field.type === 'link' ? field.target : field.type) : undefined;
  const shown = useObjectMeta(target ?? '')?.primary_field ?? 'name';
  const ids = keys.filter((key): key is string => typeof key === 'string');
  const where: Filter = { op: 'in', field: 'id', value: ids };
  const found = useQuery({
    ...recordQuery(target ?? '', { select: [shown], where, page: { limit: MOST_LANES } }),
    enabled: target !== undefined && ids.length > 0,
  });
  return new Map((found.data?.records ?? []).map(
    (record) => [record.id, asText(record.fields[shown])],
  ));
}

/** The lanes with how many cards they hold, whatever part of them is loaded. */
function useLanes(
  { object, view }: ViewProps, field: FieldMeta | undefined,
): readonly LaneData[] | null {
  const { language } = useText();
  const { definition, search } = view;
  const found = useQuery({
    ...aggregateQuery(object.api_name, {
      where: definition.where, search: search || undefined,
      group: [{ field: field?.api_name ?? '' }], page: { limit: MOST_GROUPS },
      measures: [
        { as: COUNT, fn: 'count' },
        ...(definition.sum ? [{ as: SUM, fn: 'sum' as const, field: definition.sum }] : []),
      ],
    }),
    enabled: field !== undefined,
  });
  const groups = new Map((found.data?.groups ?? []).map((group) => [group.key[0] ?? null, group]));
  const options = field?.options?.map(({ key }) => key) ?? [];
  const others = [...groups.keys()].filter((key) => key !== null && !options.includes(String(key)));
  const keys = [...options, ...others, ...(groups.has(null) ? [null] : [])].slice(0, MOST_LANES);
  const names = useLaneNames(field, keys);
  if (found.isPending) return null;
  return keys.map((key) => {
    const group = groups.get(key);
    const name = key === null || !field ? ''
      : field.options ? optionText(field, key, language) : names.get(String(key)) ?? String(key);
    return {
      key, name, count: Number(group?.values[COUNT] ?? 0), sum: group?.values[SUM] ?? null,
      colour: field?.options?.find((option) => option.key === key)?.color,
    };
  });
}

/** Records as cards in lanes; a card that is dragged to another lane changes its field. */
export default function Kanban(props: ViewProps) {
  const { object, view, onOpen } = props;
  const { t } = useText();
  const field = laneField(object, view.definition.lane);
  const lanes = useLanes(props, field);
  const context = useCellContext();
  const fields = shownFields(object, view.definition).filter((one) => one !== field)
    .slice(0, MOST_CARD_FIELDS);
  const names = useMemo(() => JSON.stringify(
    [...fields.map((one) => one.api_name), field?.api_name ?? ''],
  ), [fields, field]);
  const [dragged, setDragged] = useState<RecordRow | null>(null);
  const select = useSelect(object, useMemo(() => JSON.parse(names) as string[], [names]));
  const { where, sort = [] } = view.definition;
  const book = useBook({ object, select, where, search: view.search, sort });
  if (!field) return <NoField />;
  const sourceOf = (key: Value) => book.source(JSON.stringify(key), withWhere(where, key === null
    ? { op: 'empty', field: field.api_name }
    : { op: 'eq', field: field.api_name, value: key }), null);
  const cardsOf = (key: Value) => {
    const own = [sourceOf(key), ...book.all()].flatMap((source) => [...source.loaded()]);
    const cards = new Map(own.filter((record) => (
      (record.fields[field.api_name] ?? null) === key
    )).map((record) => [record.id, record]));
    return [...cards.values()];
  };
  const move = (record: RecordRow, key: Value) => {
    setDragged(null);
    void writeFields(object, record, { [field.api_name]: key }, t).then((outcome) => {
      if (outcome) void book.refresh();
    });
  };
  return (
    <>
      <div className={shared.options}>
        <FieldChoice
          label={t('kanban.lanes')} fields={laneFields(object)} value={field.api_name}
          onChange={(lane) => {
            view.change({ lane });
          }}
        />
        <FieldChoice
          label={t('kanban.sum')} none={t('tables.no_aggregate')} value={view.definition.sum}
          fields={object.fields.filter((one) => isNumber(one) && one.sensitivity !== 'personal')}
          onChange={(sum) => {
            view.change({ sum });
          }}
        />
      </div>
      {!lanes && <TableSkeleton columns={5} rows={8} />}
      {lanes && (
        <div className={styles.board} tabIndex={0} role="group" aria-label={t('view.kanban')}>
          {lanes.map((lane, at) => (
            <Lane
              key={String(lane.key)} lane={lane} object={object} fields={fields} context={context}
              source={sourceOf(lane.key)} cards={cardsOf(lane.key)} dragged={dragged}
              sumField={fieldOf(object, view.definition.sum ?? '')}
              movable={isWritable(field)} onOpen={onOpen} onDrag={setDragged} onMove={move}
              onStep={(record, step) => {
                const next = lanes[at + step];
                if (next) move(record, next.key);
              }}
            />
          ))}
        </div>
      )}
    </>
  );
}

function NoField() {
  const { t } = useText();
  const text = t('kanban.no_field_text');
  return <Notice icon={SquareKanban} title={t('kanban.no_field')} text={text} />;
}
