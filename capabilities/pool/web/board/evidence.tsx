import type { ReactNode } from 'react';
import { fieldOf, labelOf, useMeta, useObjectMeta } from '@/api/meta';
import { asText } from '@/fields/widget';
import { formatDateTime } from '@/lib/dates';
import { numberText } from '@/lib/decimal';
import { Amount } from '@/ui/money';
import type { PoolAccount } from '../pool-api';
import { usePoolWords } from '../words';
import styles from '../pool.module.css';

type Figures = Readonly<Record<string, unknown>>;

function Fact({ label, children }: Readonly<{ label: string; children: ReactNode }>) {
  return <div><dt>{label}</dt><dd className="tabular">{children}</dd></div>;
}

/** The figures on which somebody asks or decides; what is not known is left out. */
export function Evidence({ evidence }: Readonly<{ evidence: Figures }>) {
  const { t, tierName } = usePoolWords();
  const { workspace } = useMeta();
  const text = (name: string) => asText(evidence[name]);
  const sales = text('net_sales_12_months');
  const before = text('net_sales_12_months_before');
  const potential = text('purchase_potential');
  const given = (evidence.given ?? {}) as Figures;
  const target = evidence.target as Figures | null | undefined;
  return (
    <dl className={styles.facts}>
      {text('score') !== '' && <Fact label={t('pool.score')}>{numberText(text('score'))}</Fact>}
      {text('tier') !== '' && <Fact label={t('pool.tier')}>{tierName(text('tier'))}</Fact>}
      {text('coverage') !== '' && <Fact label={t('pool.coverage')}>{text('coverage')}%</Fact>}
      {sales !== '' && <Fact label={t('pool.sales')}><Amount value={sales} unit="one" /></Fact>}
      {before !== '' && (
        <Fact label={t('pool.sales_before')}><Amount value={before} unit="one" /></Fact>
      )}
      {potential !== '' && (
        <Fact label={t('pool.potential')}><Amount value={potential} unit="one" /></Fact>
      )}
      {text('industry_rank') !== '' && (
        <Fact label={t('pool.industry_rank')}>{text('industry_rank')}</Fact>
      )}
      {target && (
        <Fact label={t('pool.target')}>
          {t('pool.target_rank', { list: asText(target.list), n: asText(target.rank) || '—' })}
        </Fact>
      )}
      {text('completeness') !== '' && (
        <Fact label={t('pool.completeness')}>{text('completeness')}%</Fact>
      )}
      {Object.entries(given).map(([name, value]) => (
        <Fact key={name} label={name === 'note' ? t('pool.evidence_note') : name}>
          {asText(value)}
        </Fact>
      ))}
      {text('at') !== '' && (
        <Fact label={t('pool.evidence_at')}>
          {formatDateTime(text('at'), workspace.time_zone)}
        </Fact>
      )}
    </dl>
  );
}

/** What the card must have before an account is admitted and does not. */
export function Missing({ found }: Readonly<{ found: PoolAccount }>) {
  const { t, language } = usePoolWords();
  const account = useObjectMeta('account');
  if (!found.incomplete) return null;
  const names = found.missing.map((name) => (
    labelOf(account && fieldOf(account, name)?.label, language, name)
  ));
  return (
    <p className={styles.warning}>
      {names.length === 0 ? t('pool.incomplete')
        : t('pool.missing', { fields: names.join(t('pool.comma')) })}
    </p>
  );
}

/** What an admission would take from the base service of the same owner's other accounts. */
export function Load({ load }: Readonly<{ load: PoolAccount['load'] }>) {
  const { t } = usePoolWords();
  if (load.owner_accounts === 0) return null;
  return (
    <section>
      <h3 className={styles.heading}>{t('pool.load')}</h3>
      <p className={styles.said}>
        {t('pool.load_text', {
          before: numberText(load.visits_per_month_before),
          after: numberText(load.visits_per_month_after),
        })}{' '}
        {t('pool.load_base', {
          accounts: load.owner_base_accounts, all: load.owner_accounts,
          base: numberText(load.base_visits_per_month),
          total: numberText(load.owner_visits_per_month),
        })}
      </p>
    </section>
  );
}
