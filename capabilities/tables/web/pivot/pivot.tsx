import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Columns3, Rows3, Sigma, TableProperties } from 'lucide-react';
import { fieldOf, labelOf } from '@/api/meta';
import type { ObjectMeta, Value } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { byOption } from '../rows/use-rows';
import { MOST_GROUPS, aggregateQuery, groupRequest } from '../rows/table-api';
import { useGroupNames } from '../shared/group-names';
import { MeasureKeys } from '../shared/measure-keys';
import { useCellContext } from '../shared/use-context';
import shared from '../shared/shared.module.css';
import { GroupKeys, groupable } from '../toolbar/key-panels';
import { Tool } from '../toolbar/tool';
import type { GroupKey, MeasureKey } from '../views/definition';
import { MEASURE_TEXTS } from '../views/measure-names';
import { measureText } from '../views/measure-text';
import type { ViewProps } from '../views/pages';
import { pivotTable } from './table';
import type { Key, PivotCell, PivotTable } from './table';
import styles from './pivot.module.css';

const COUNT_ONLY: readonly MeasureKey[] = [{ fn: 'count' }];
const NO_KEYS: readonly GroupKey[] = [];

/** What a pivot shows before anybody chose: its first choice, counted. */
function firstRows(object: ObjectMeta): readonly GroupKey[] {
  const field = groupable(object).find((one) => one.type === 'select') ?? groupable(object)[0];
  return field ? [{ field: field.api_name }] : [];
}

function useGroups(
  { object, view }: ViewProps, keys: readonly GroupKey[], measures: readonly MeasureKey[],
) {
  return useQuery(aggregateQuery(object.api_name, {
    where: view.definition.where, search: view.search || undefined,
    group: keys.map(groupRequest), page: { limit: MOST_GROUPS }, totals: true,
    measures: measures.map((measure, at) => ({ as: `m${at}`, ...measure })),
  }));
}

/** Rows × columns × measures; every figure opens the records behind it. */
export default function Pivot(props: ViewProps) {
  const { object, view } = props;
  const { t } = useText();
  const { definition } = view;
  const rows = definition.rows ?? firstRows(object);
  const columns = definition.columns ?? NO_KEYS;
  const measures = definition.measures?.length ? definition.measures : COUNT_ONLY;
  const inside = useGroups(props, [...rows, ...columns], measures);
  const byRow = useGroups(props, rows, measures);
  const byColumn = useGroups(props, columns, measures);
  const heads = byOption(object, columns[0]?.field, byColumn.data?.groups ?? [], 0);
  const groups = byOption(object, rows[0]?.field, inside.data?.groups ?? [], 0);
  const name = useGroupNames(object, [...rows, ...columns], groups.map((group) => group.key));
  return (
    <>
      <div className={shared.options}>
        <Tool icon={Rows3} label={t('pivot.rows')} count={rows.length}>
          {() => (
            <GroupKeys
              object={object} keys={rows} most={2}
              onChange={(next) => {
                view.change({ rows: next });
              }}
            />
          )}
        </Tool>
        <Tool icon={Columns3} label={t('pivot.columns')} count={columns.length}>
          {() => (
            <GroupKeys
              object={object} keys={columns} most={2}
              onChange={(next) => {
                view.change({ columns: next });
              }}
            />
          )}
        </Tool>
        <Tool icon={Sigma} label={t('pivot.measures')} count={measures.length}>
          {() => (
            <MeasureKeys
              object={object} measures={measures}
              onChange={(next) => {
                view.change({ measures: next });
              }}
            />
          )}
        </Tool>
        {inside.data?.truncated && <span className={shared.note}>{t('pivot.truncated')}</span>}
      </div>
      {inside.isError && <Failed error={inside.error} retry={() => void inside.refetch()} />}
      {inside.isPending && <TableSkeleton columns={5} rows={10} />}
      {inside.data && groups.length === 0 && (
        <Notice icon={TableProperties} title={t('list.none')} />
      )}
      {groups.length > 0 && (
        <Table
          {...props} rows={rows} columns={columns} measures={measures} name={name}
          table={pivotTable(groups, rows.length, heads.map(({ key }) => key))}
          feet={pivotTable(heads, 0)}
          sums={pivotTable(byRow.data?.groups ?? [], rows.length)}
          totals={inside.data?.totals ?? {}}
        />
      )}
    </>
  );
}

type TableProps = ViewProps & Readonly<{
  rows: readonly GroupKey[]; columns: readonly GroupKey[]; measures: readonly MeasureKey[];
  name: (at: number, value: Value) => string;
  table: PivotTable; sums: PivotTable; feet: PivotTable; totals: Readonly<Record<string, Value>>;
}>;

function Table(props: TableProps) {
  const { object, rows, columns, measures, name, table, sums, feet, totals } = props;
  const { t, language } = useText();
  const heads = columns.length === 0 ? [] : table.columns;
  const label = (field: string) => labelOf(fieldOf(object, field)?.label, language, field);
  const measureName = ({ fn, field }: MeasureKey) => (
    field ? `${label(field)} · ${t(MEASURE_TEXTS[fn])}` : t(MEASURE_TEXTS[fn])
  );
  const columnName = (key: Key) => key
    .map((value, at) => name(rows.length + at, value)).join(' · ');
  return (
    <div className={shared.frame}>
      <table className={styles.pivot}>
        <thead>
          <tr>
            {rows.map((key) => <th key={key.field} scope="col">{label(key.field)}</th>)}
            {heads.flatMap((key) => measures.map((measure) => (
              <th
                key={`${JSON.stringify(key)} ${measureName(measure)}`} scope="col"
                className="number"
              >
                {columnName(key)}
                {measures.length > 1 && <div className="faint">{measureName(measure)}</div>}
              </th>
            )))}
            {measures.map((measure) => (
              <th key={measureName(measure)} scope="col" className="number">
                {heads.length > 0 && t('pivot.total')} {measureName(measure)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={JSON.stringify(row)}>
              {row.map((value, at) => <th key={at} scope="row">{name(at, value)}</th>)}
              {heads.map((key) => (
                <Figures
                  key={JSON.stringify(key)} {...props} cell={table.cell(row, key)}
                />
              ))}
              <Figures {...props} cell={sums.cell(row, [])} strong />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th colSpan={rows.length} scope="row">{t('pivot.total')}</th>
            {heads.map((key) => (
              <Figures key={JSON.stringify(key)} {...props} cell={feet.cell([], key)} strong />
            ))}
            <Figures
              {...props} cell={{ values: totals, where: props.view.definition.where }} strong
            />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

type FiguresProps = TableProps & Readonly<{
  cell: PivotCell | undefined;
  strong?: boolean;
}>;

/** The measures of one cell; a click opens its records as a grid. */
function Figures({ object, view, measures, cell, strong = false }: FiguresProps) {
  const { t, language } = useText();
  const context = useCellContext();
  return measures.map((measure, at) => {
    const field = fieldOf(object, measure.field ?? '');
    const text = measureText(field, measure.fn, cell?.values[`m${at}`], context, language);
    return (
      <td key={at} className="number">
        {text !== '' && (
          <Button
            type="text" size="small" aria-label={t('pivot.open', { text })}
            onClick={() => {
              view.drill(cell?.where);
            }}
          >
            {strong ? <b>{text}</b> : text}
          </Button>
        )}
      </td>
    );
  });
}
