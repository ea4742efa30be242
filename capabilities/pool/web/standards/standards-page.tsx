import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Lock, Pencil } from 'lucide-react';
import type { ReactNode } from 'react';
import { fieldOf, labelOf, useObjectMeta } from '@/api/meta';
import type { ObjectMeta } from '@/api/types';
import { FieldValue } from '@/fields/field-value';
import { numberText } from '@/lib/decimal';
import { Page, Panel } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import { PoolPages } from '../parts';
import { standardsQuery } from '../pool-api';
import type { Standard } from '../pool-api';
import { TierTag } from '../tag';
import { usePoolWords } from '../words';
import { Compliance } from './compliance';
import { StandardDrawer } from './standard-drawer';
import styles from '../pool.module.css';

/** What each tier is promised, and whether it is kept. */
export default function StandardsPage() {
  const { t } = usePoolWords();
  const [params, change] = useUrlState();
  const object = useObjectMeta('service_standard');
  const found = useQuery({ ...standardsQuery, enabled: object !== undefined });
  if (!object) {
    return <Notice icon={Lock} title={t('state.forbidden')} text={t('state.forbidden_text')} />;
  }
  const standards = found.data?.standards ?? [];
  const edited = standards.find(({ tier }) => tier === params.get('edit'));
  return (
    <Page title={t('pool.standards')} note={t('pool.standards_note')} above={<PoolPages />}>
      <Panel flush title={t('pool.promised')}>
        {found.isPending && <TableSkeleton rows={10} columns={5} />}
        {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
        {found.data && <Standards object={object} standards={standards} />}
      </Panel>
      <Compliance />
      {edited && (
        <StandardDrawer
          key={edited.tier} object={object} standard={edited}
          onClose={() => {
            change({ edit: null }, { replace: true });
          }}
        />
      )}
    </Page>
  );
}

type Row = Readonly<{
  name: string; label: string; value: (standard: Standard) => ReactNode; long?: boolean;
}>;

const LINKS = ['product', 'marketing', 'sales', 'supply', 'after_sales'] as const;

function useRows(object: ObjectMeta): readonly Row[] {
  const { t, language } = usePoolWords();
  const label = (name: string) => labelOf(fieldOf(object, name)?.label, language, name);
  const chosen = (name: 'sponsor_level' | 'team_grade') => (standard: Standard) => {
    const field = fieldOf(object, name);
    return field && <FieldValue field={field} fields={{ [name]: standard[name] }} />;
  };
  return [
    { name: 'visit_days', label: t('pool.visits'), value: (one) => t('pool.visits_text', {
      days: one.visit_days, month: numberText(one.visits_per_month),
    }) },
    { name: 'response_minutes', label: t('pool.response'), value: (one) => (
      durationText(one.response_minutes, t)
    ) },
    { name: 'sponsor_level', label: label('sponsor_level'), value: chosen('sponsor_level') },
    { name: 'team_grade', label: label('team_grade'), value: chosen('team_grade') },
    { name: 'quota_days', label: label('quota_days'), value: (one) => (
      one.quota_days === null ? '—' : numberText(one.quota_days)
    ) },
    ...LINKS.map((name) => ({
      name, label: label(name), long: true,
      value: (one: Standard) => one.links[name] ?? '—',
    })),
  ];
}

const HOUR = 60;
const DAY = 24 * HOUR;

function durationText(
  minutes: number, t: (key: string, values: Readonly<Record<string, number>>) => string,
): string {
  if (minutes >= DAY && minutes % DAY === 0) return t('pool.days', { n: minutes / DAY });
  if (minutes >= HOUR && minutes % HOUR === 0) return t('pool.hours', { n: minutes / HOUR });
  return t('pool.minutes_n', { n: minutes });
}

function Standards({ object, standards }: Readonly<{
  object: ObjectMeta; standards: readonly Standard[];
}>) {
  const { t, tierName } = usePoolWords();
  const [, change] = useUrlState();
  const rows = useRows(object);
  const mayChange = (standard: Standard) => (
    standard.id === null ? object.rights.create : object.rights.update
  );
  return (
    <div className={styles.scroll} role="region" aria-label={t('pool.promised')} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col"><span className="visually-hidden">{t('pool.promised')}</span></th>
            {standards.map((standard) => (
              <th scope="col" key={standard.tier}>
                <span className={styles.cardRow}>
                  <TierTag tier={standard.tier} />
                  {mayChange(standard) && (
                    <Button
                      size="small" type="text" icon={<Pencil size={13} aria-hidden />}
                      aria-label={t('pool.edit_standard', { tier: tierName(standard.tier) })}
                      onClick={() => {
                        change({ edit: standard.tier }, { replace: true });
                      }}
                    />
                  )}
                </span>
                {standard.shipped && <span className={styles.small}>{t('pool.shipped')}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">{row.label}</th>
              {standards.map((standard) => (
                <td
                  key={standard.tier} className={row.long ? styles.long : 'tabular'}
                  data-label={tierName(standard.tier)}
                >
                  {row.value(standard)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
