import { Segmented } from 'antd';
import { lazy, Suspense, useMemo } from 'react';
import { useText } from '@/i18n/use-text';
import { addDays } from '@/lib/dates';
import { formatCount } from '@/lib/money';
import { useScheme } from '@/theme/preferences';
import { COLOURS, FONT_FAMILY } from '@/theme/tokens';
import { Panel } from '@/ui/page';
import { Bone } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import { comparedWindow } from './periods';
import type { Migration, RankingAnswer } from './ranking-api';
import type { RankingState } from './ranking-state';
import styles from './abc.module.css';

const Flow = lazy(() => import('./migration-flow'));

export const FROM_STATES = ['A', 'B', 'C', 'new'] as const;
export const TO_STATES = ['A', 'B', 'C', 'lost'] as const;

type Props = Readonly<{ state: RankingState; summary: RankingAnswer | undefined }>;

/** Who moved between the classes since the compared period: as a flow, or as a table. */
export function MigrationPanel({ state, summary }: Props) {
  const { t } = useText();
  const [params, change] = useUrlState();
  const scheme = useScheme();
  const window = comparedWindow(state);
  const migration = summary?.summary.migration;
  const shown = params.get('flow') === 'table' ? 'table' : 'flow';
  const names = useMemo(() => ({
    A: 'A', B: 'B', C: 'C', new: t('identify.migration.new'), lost: t('identify.migration.lost'),
  }), [t]);
  return (
    <Panel
      title={t('identify.migration')}
      tools={(
        <Segmented
          size="small"
          value={shown}
          options={[
            { value: 'flow', label: t('identify.migration.flow') },
            { value: 'table', label: t('identify.migration.table') },
          ]}
          onChange={(value) => {
            change({ flow: value === 'table' ? 'table' : null }, { replace: true });
          }}
        />
      )}
    >
      {window && (
        <p className={styles.migrationNote}>
          {t('identify.migration.window', { from: window.from, to: addDays(window.to, -1) })}
        </p>
      )}
      {!migration && <Bone width="100%" height={180} />}
      {migration && shown === 'flow' && (
        <Suspense fallback={<Bone width="100%" height={180} />}>
          <Flow
            migration={migration} colours={COLOURS[scheme]} names={names} font={FONT_FAMILY}
            label={t('identify.migration')} className={styles.flow}
          />
        </Suspense>
      )}
      {migration && shown === 'table' && <Matrix migration={migration} names={names} />}
    </Panel>
  );
}

export function Matrix(props: Readonly<{
  migration: readonly Migration[]; names: Readonly<Record<string, string>>;
}>) {
  const { t } = useText();
  const count = (from: string, to: string) => props.migration.find(
    (one) => one.from === from && one.to === to,
  )?.customers ?? 0;
  return (
    <table className={styles.matrix}>
      <caption className="visually-hidden">{t('identify.migration')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('identify.migration.corner')}</th>
          {TO_STATES.map((to) => <th scope="col" key={to}>{props.names[to]}</th>)}
        </tr>
      </thead>
      <tbody>
        {FROM_STATES.map((from) => (
          <tr key={from}>
            <th scope="row">{props.names[from]}</th>
            {TO_STATES.map((to) => {
              const customers = count(from, to);
              return (
                <td key={to} className={from === to ? styles.same : undefined}>
                  {customers === 0 ? <span className="faint">—</span> : formatCount(customers)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
