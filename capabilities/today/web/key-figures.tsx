import { queryOptions, useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { Link } from 'react-router';
import { api } from '@/api/client';
import type { Filter } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { addDays, addMonths } from '@/lib/dates';
import { formatCount, formatShare } from '@/lib/money';
import { listPath } from '@/records/record-path';
import { Amount, useUnitName } from '@/ui/money';
import { Definition } from '@/ui/definition';
import { Panel } from '@/ui/page';
import { Bone, Failed, FailedLine } from '@/ui/states';
import styles from './today.module.css';

type Window = Readonly<{ from: string; to: string }>;
type Summary = Readonly<{
  customers: number; total: string; top20_share: number | null;
  classes: readonly Readonly<{ name: string; customers: number; share: number | null }>[];
}>;
type Finding = Readonly<{
  code: string; text: string; object?: string | null; where?: Filter | null;
}>;

const summaryOf = (window: Window) => queryOptions({
  queryKey: ['today', 'summary', window],
  queryFn: () => api.ask<{ summary: Summary }>('/identify/ranking', {
    measure: 'net_sales', ...window, page: { limit: 1 }, convention: 'before',
    classes: [{ name: 'A', upto: 0.55 }, { name: 'B', upto: 0.85 }, { name: 'C', upto: 1 }],
  }),
});

const findingsOf = (window: Window) => queryOptions({
  queryKey: ['today', 'findings', window],
  queryFn: () => api.get<{ findings: readonly Finding[] }>('/identify/findings', {
    ...window, measure: 'net_sales', compare_from: addMonths(window.from, -12),
    compare_to: addMonths(window.to, -12),
  }),
});

/** The last twelve months of sales, and what they say. */
export function KeyFigures({ last }: Readonly<{ last: string }>) {
  const { t } = useText();
  const to = addDays(last, 1);
  const window = { from: addMonths(to, -12), to };
  const search = new URLSearchParams(window).toString();
  const summary = useQuery(summaryOf(window));
  return (
    <div className={styles.main}>
      <Panel
        title={t('today.figures')}
        tools={(
          <Link to={`/identify?${search}`} className={styles.open}>
            {t('today.open_abc')} <ArrowRight size={14} aria-hidden />
          </Link>
        )}
      >
        <p className={styles.window}>{t('today.window', { from: window.from, to: last })}</p>
        {summary.isPending && <Bone width="100%" height={56} />}
        {summary.isError && (
          <Failed error={summary.error} retry={() => void summary.refetch()} />
        )}
        {summary.data && <Numbers summary={summary.data.summary} search={search} />}
      </Panel>
      <FindingsPanel window={window} />
    </div>
  );
}

function Numbers({ summary, search }: Readonly<{ summary: Summary; search: string }>) {
  const { t } = useText();
  const unit = useUnitName();
  const best = summary.classes.find((one) => one.name === 'A');
  const figures = [
    {
      label: t('today.sales'), help: t('today.sales_help'),
      value: <Amount value={summary.total} />,
      note: t('today.sales_note', { unit }), to: search,
    },
    {
      label: t('today.customers'), help: t('today.customers_help'),
      value: formatCount(summary.customers), note: '', to: search,
    },
    {
      label: t('today.class_a'), help: t('today.class_a_help'),
      value: formatCount(best?.customers ?? 0),
      note: t('today.class_a_note', { share: formatShare(best?.share) }),
      to: `${search}&class=A`,
    },
    {
      label: t('today.top20'), help: t('today.top20_help'),
      value: formatShare(summary.top20_share), note: '', to: search,
    },
  ];
  return (
    <dl className={styles.figures}>
      {figures.map((figure) => (
        <div key={figure.label} className={styles.figure}>
          <dt>{figure.label} <Definition of={figure.label} text={figure.help} /></dt>
          <dd>
            <Link className={styles.value} to={`/identify?${figure.to}`}>{figure.value}</Link>
            {figure.note !== '' && <span className={styles.figureNote}>{figure.note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function FindingsPanel({ window }: Readonly<{ window: Window }>) {
  const { t } = useText();
  const found = useQuery(findingsOf(window));
  return (
    <Panel title={t('today.findings')}>
      {found.isPending && <Bone width="100%" height={120} />}
      {found.isError && <FailedLine error={found.error} retry={() => void found.refetch()} />}
      {found.data?.findings.length === 0 && <p className="faint">{t('today.findings_none')}</p>}
      <ol className={styles.findings}>
        {found.data?.findings.map((finding) => (
          <li key={finding.code + finding.text}><Line finding={finding} /></li>
        ))}
      </ol>
    </Panel>
  );
}

function Line({ finding }: Readonly<{ finding: Finding }>) {
  const { object, where, text } = finding;
  if (!object || !where) return <span className={styles.finding}>{text}</span>;
  const search = new URLSearchParams({ where: JSON.stringify(where) }).toString();
  return (
    <Link className={styles.finding} to={`${listPath(object)}?${search}`}>
      <span>{text}</span>
      <ArrowRight size={14} aria-hidden />
    </Link>
  );
}
