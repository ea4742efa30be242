import { useQuery } from '@tanstack/react-query';
import { Dropdown } from 'antd';
import { useSyncExternalStore } from 'react';
import { labelOf } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { formatCount } from '@/lib/money';
import { measuresOf } from '../rows/use-rows';
import { aggregateQuery } from '../rows/table-api';
import type { MeasureFn } from '../views/definition';
import { measureText, measuresFor } from '../views/measure-text';
import type { OpenView } from '../views/use-view';
import type { GridColumn } from './columns';
import type { GridEnvironment } from './environment';
import { MEASURE_TEXTS } from '../views/measure-names';
import styles from './grid.module.css';

type Props = Readonly<{ env: GridEnvironment; view: OpenView; count: number | null }>;

/** The count is read on a phone too, where no column stays in place. */
const COUNT_WIDTH = 128;

/** The last line: how many records there are, and under each column what one wants to know. */
export function Footer({ env, view, count }: Props) {
  const { t } = useText();
  const { columns, scroller } = env;
  const across = useSyncExternalStore(scroller.across.subscribe, scroller.across.get);
  const { definition, search } = view;
  const wanted = Object.keys(definition.aggregates ?? {}).length > 0;
  const totals = useQuery({
    ...aggregateQuery(env.object.api_name, {
      where: definition.where, search: search || undefined, measures: measuresOf(definition),
      totals: true,
    }),
    enabled: wanted,
  }).data?.totals;
  const moving = columns.moving.slice(across.first, across.last + 1);
  const aggregate = (column: GridColumn) => (
    <Aggregate
      key={column.field.api_name} column={column} env={env} view={view}
      value={totals?.[column.field.api_name]}
    />
  );
  return (
    <div className={styles.footer} style={{ width: columns.width }}>
      <div
        className={styles.frozen} style={{ width: Math.max(columns.frozenWidth, COUNT_WIDTH) }}
      >
        <span className={styles.count}>
          {count === null ? '' : t('list.count', { n: formatCount(count) })}
        </span>
        {columns.frozen.slice(1).map(aggregate)}
      </div>
      {moving.map(aggregate)}
    </div>
  );
}

type AggregateProps = Readonly<{
  column: GridColumn; env: GridEnvironment; view: OpenView; value: unknown;
}>;

function Aggregate({ column, env, view, value }: AggregateProps) {
  const { t, language } = useText();
  const name = column.field.api_name;
  const chosen = view.definition.aggregates?.[name];
  const label = labelOf(column.field.label, language, name);
  const choose = (key: string) => {
    const rest = Object.entries(view.definition.aggregates ?? {}).filter(([one]) => one !== name);
    const added = key === 'none' ? [] : [[name, key as MeasureFn] as const];
    view.change({ aggregates: Object.fromEntries([...rest, ...added]) });
  };
  if (column.field.sensitivity === 'personal') return null;
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectedKeys: [chosen ?? 'none'],
        items: [
          { key: 'none', label: t('tables.no_aggregate') },
          ...measuresFor(column.field).map((fn) => ({ key: fn, label: t(MEASURE_TEXTS[fn]) })),
        ],
        onClick: ({ key }) => {
          choose(key);
        },
      }}
    >
      <button
        type="button" className={chosen ? styles.aggregate : styles.noAggregate}
        style={{ left: column.left, width: column.width }}
        aria-label={t('tables.aggregate_of', { field: label })}
      >
        {chosen && <span className="faint">{t(MEASURE_TEXTS[chosen])}</span>}
        {chosen && <b>{measureText(column.field, chosen, value, env.context, language)}</b>}
        {!chosen && t('tables.aggregate')}
      </button>
    </Dropdown>
  );
}
