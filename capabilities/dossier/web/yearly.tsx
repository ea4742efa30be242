import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { fieldOf, labelOf, useObjectMeta } from '@/api/meta';
import { recordQuery } from '@/api/records';
import type { FieldMeta, ObjectMeta, RecordRow } from '@/api/types';
import { FieldValue } from '@/fields/field-value';
import { useText } from '@/i18n/use-text';
import { formatShare } from '@/lib/money';
import CreateDrawer from '@/records/create-drawer';
import { recordPath } from '@/records/record-path';
import { Panel } from '@/ui/page';
import { Failed, TableSkeleton } from '@/ui/states';
import { RATIO_TEXTS, textKey } from './text-keys';
import { RATIOS, ratioOf } from './yearly-ratios';
import styles from './dossier.module.css';

const SHOWN_YEARS = 6;
const FIGURES = [
  'revenue', 'cost_of_sales', 'production_cost', 'selling_expense', 'admin_expense', 'interest',
  'profit', 'cash_flow', 'market_share', 'source',
];
const ANALYSIS = [
  'strengths', 'weaknesses', 'opportunities', 'threats', 'competition', 'marketing', 'image',
  'strategy', 'bargaining_power',
];

/** The yearly figures of an account with their ratios, and the analysis that its card rests on. */
export default function Yearly({ id }: Readonly<{ id: string }>) {
  return (
    <div className={styles.main}>
      <Years account={id} name="account_financial" names={FIGURES} Shown={Financials} />
      <Years account={id} name="account_analysis" names={ANALYSIS} Shown={Analyses} />
    </div>
  );
}

type ShownProps = Readonly<{
  fields: readonly FieldMeta[]; rows: readonly RecordRow[]; object: ObjectMeta;
}>;

function Years({ account, name, names, Shown }: Readonly<{
  account: string; name: string; names: readonly string[];
  Shown: (props: ShownProps) => React.ReactNode;
}>) {
  const { t, language } = useText();
  const object = useObjectMeta(name);
  const [adding, setAdding] = useState(false);
  const fields = names.flatMap((one) => (object && fieldOf(object, one)) ?? []);
  const found = useQuery({
    ...recordQuery(name, {
      select: ['year', ...fields.map(({ api_name }) => api_name)],
      where: { op: 'eq', field: 'account', value: account },
      sort: [{ field: 'year', dir: 'desc' }], page: { limit: SHOWN_YEARS },
    }),
    enabled: object?.rights.read ?? false,
  });
  if (!object?.rights.read) return null;
  const close = () => {
    setAdding(false);
  };
  return (
    <Panel
      flush title={labelOf(object.label, language, name)}
      tools={object.rights.create && (
        <Button
          icon={<Plus size={15} aria-hidden />}
          onClick={() => {
            setAdding(true);
          }}
        >
          {t('dossier.add_year')}
        </Button>
      )}
    >
      {found.isPending && <TableSkeleton rows={4} columns={4} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data?.records.length === 0 && (
        <p className={styles.nothing}>{t('dossier.nothing_yet')}</p>
      )}
      {found.data && found.data.records.length > 0 && (
        <Shown object={object} fields={fields} rows={found.data.records} />
      )}
      {adding && (
        <CreateDrawer
          object={object} names={['year', ...names]} given={{ account }} onClose={close}
          onMade={close}
        />
      )}
    </Panel>
  );
}

function Financials({ object, fields, rows }: ShownProps) {
  const { t, language } = useText();
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('dossier.financials_item')}</th>
            {rows.map((row) => (
              <th key={row.id} scope="col" className={styles.right}>
                <Link to={recordPath(object.api_name, row.id)}>{String(row.fields.year)}</Link>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field.api_name}>
              <td>{labelOf(field.label, language, field.api_name)}</td>
              {rows.map((row) => (
                <td key={row.id} className={styles.right}>
                  <FieldValue field={field} fields={row.fields} />
                </td>
              ))}
            </tr>
          ))}
          {RATIOS.map((ratio) => (
            <tr key={ratio} className={styles.ratio}>
              <td>{t(textKey(RATIO_TEXTS, ratio))}</td>
              {rows.map((row) => {
                const before = rows.find(
                  ({ fields: other }) => Number(other.year) === Number(row.fields.year) - 1,
                );
                return (
                  <td key={row.id} className={styles.right}>
                    {formatShare(ratioOf(ratio, row.fields, before?.fields))}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The newest year is spread out; older ones are a link away. */
function Analyses({ object, fields, rows }: ShownProps) {
  const { t, language } = useText();
  const [newest] = rows;
  if (!newest) return null;
  return (
    <div className={styles.analysis}>
      <nav className={styles.dates}>
        {rows.map((row) => (
          <Link key={row.id} to={recordPath(object.api_name, row.id)}>
            {t('dossier.analysis_of', { year: String(row.fields.year) })}
          </Link>
        ))}
      </nav>
      <dl className={styles.swot}>
        {fields.map((field) => (
          <div key={field.api_name}>
            <dt>{labelOf(field.label, language, field.api_name)}</dt>
            <dd><FieldValue field={field} fields={newest.fields} /></dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
