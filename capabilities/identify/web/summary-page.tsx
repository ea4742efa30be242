import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { ChevronLeft, FileDown, Printer } from 'lucide-react';
import { Link, useLocation } from 'react-router';
import { useMeta, useObjectMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { addDays, formatDateTime } from '@/lib/dates';
import { formatCount, formatShare } from '@/lib/money';
import { Page, Panel } from '@/ui/page';
import { Failed, Notice } from '@/ui/states';
import { AbcSkeleton } from './abc-skeleton';
import { countClasses } from './classes';
import { Figures } from './figures';
import { FindingLine } from './findings';
import { useValueText } from './measure-text';
import { Matrix } from './migration';
import { Pareto } from './pareto';
import type { DataRange } from './periods';
import { pdfUrl } from './ranking-api';
import type { RankingAnswer, RankingRow } from './ranking-api';
import type { AbcDefaults, RankingState } from './ranking-state';
import { useDataRange, useRanking, useRankingState } from './use-ranking';
import styles from './abc.module.css';

const SHOWN_ACCOUNTS = 15;
const ignore = () => undefined;

/** One page for a meeting: on the screen, on paper, or as a PDF from the server. */
export default function SummaryPage() {
  const { t } = useText();
  const { edges, range, defaults, ready } = useDataRange();
  if (edges.isError) return <Failed error={edges.error} retry={() => void edges.refetch()} />;
  if (!ready) return <Page title={t('identify.summary_title')}><AbcSkeleton /></Page>;
  if (!range) return <Notice icon={FileDown} title={t('identify.empty')} />;
  return <Summary range={range} defaults={defaults} />;
}

function Summary({ range, defaults }: Readonly<{ range: DataRange; defaults: AbcDefaults }>) {
  const { t } = useText();
  const { search } = useLocation();
  const { workspace } = useMeta();
  const state = useRankingState(range, defaults);
  const { measureTitle } = useValueText(state);
  const { summary, found, query, rows, cumulative, customers } = useRanking(state);
  const printedAt = useQuery({
    queryKey: ['identify', 'printed', search], queryFn: () => new Date().toISOString(),
    staleTime: Infinity,
  });
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (query.isPending || !summary.data) {
    return <Page title={t('identify.summary_title')}><AbcSkeleton /></Page>;
  }
  const counts = countClasses(cumulative, state, state.convention);
  const days = t('identify.days', { from: state.from, to: addDays(state.to, -1) });
  const at = printedAt.data ? formatDateTime(printedAt.data, workspace.time_zone) : '';
  return (
    <div className={styles.sheet}>
      <Page
        title={t('identify.summary_heading', { name: workspace.name })}
        note={`${days} · ${measureTitle} · ${at}`}
        above={<Back search={search} />}
        tools={<SheetTools state={state} />}
      >
        <Figures state={state} answer={summary.data} counts={counts} />
        <Panel title={measureTitle}>
          <Pareto
            state={{ ...state, selection: null }} rows={rows} customers={customers} counts={counts}
            thresholds={state} onThresholds={ignore} onSettle={ignore} onSelect={ignore}
          />
        </Panel>
        <Panel title={t('identify.findings')}>
          <ol className={styles.findings}>
            {found.data?.findings.map((finding) => (
              <li key={finding.code + finding.text}><FindingLine finding={finding} /></li>
            ))}
          </ol>
        </Panel>
        <TopAccounts state={state} rows={rows.slice(0, SHOWN_ACCOUNTS)} />
        <Classes state={state} answer={summary.data} />
      </Page>
    </div>
  );
}

function Back({ search }: Readonly<{ search: string }>) {
  const { t } = useText();
  return (
    <Link className={styles.back} to={`/identify${search}`}>
      <ChevronLeft size={15} aria-hidden />
      {t('identify.title')}
    </Link>
  );
}

function SheetTools({ state }: Readonly<{ state: RankingState }>) {
  const { t } = useText();
  const mayExport = useObjectMeta('account')?.rights.export ?? false;
  return (
    <>
      <Button
        icon={<Printer size={15} aria-hidden />}
        onClick={() => {
          window.print();
        }}
      >
        {t('identify.print')}
      </Button>
      {mayExport && (
        <a href={pdfUrl(state)} target="_blank" rel="noreferrer">
          <Button tabIndex={-1} type="primary" icon={<FileDown size={15} aria-hidden />}>
            PDF
          </Button>
        </a>
      )}
    </>
  );
}

function TopAccounts({ state, rows }: { state: RankingState; rows: readonly RankingRow[] }) {
  const { t } = useText();
  const { shown, measureTitle } = useValueText(state);
  return (
    <Panel title={t('identify.top_accounts', { n: rows.length })}>
      <table className={styles.matrix}>
        <thead>
          <tr>
            <th scope="col">{t('identify.column.rank')}</th>
            <th scope="col" className={styles.start}>{t('identify.column.account')}</th>
            <th scope="col">{measureTitle}</th>
            <th scope="col">{t('identify.column.share')}</th>
            <th scope="col">{t('identify.column.cumulative')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.account.id}>
              <td>{formatCount(row.rank)}</td>
              <td className={styles.start}>{row.account.name}</td>
              <td>{shown(row.value)}</td>
              <td>{formatShare(row.share, 2)}</td>
              <td>{formatShare(row.cum_share)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function Classes({ state, answer }: Readonly<{ state: RankingState; answer: RankingAnswer }>) {
  const { t } = useText();
  const { shown } = useValueText(state);
  const names = {
    A: 'A', B: 'B', C: 'C', new: t('identify.migration.new'), lost: t('identify.migration.lost'),
  };
  const { classes, migration } = answer.summary;
  return (
    <div className={styles.halves}>
      <Panel title={t('identify.classes')}>
        <table className={styles.matrix}>
          <thead>
            <tr>
              <th scope="col">{t('identify.column.class')}</th>
              <th scope="col">{t('identify.figure.customers')}</th>
              <th scope="col">{t('identify.column.value')}</th>
              <th scope="col">{t('identify.column.share')}</th>
            </tr>
          </thead>
          <tbody>
            {classes.map((one) => (
              <tr key={one.name}>
                <th scope="row">{one.name}</th>
                <td>{formatCount(one.customers)}</td>
                <td>{shown(one.value)}</td>
                <td>{formatShare(one.share)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      {migration && (
        <Panel title={t('identify.migration')}>
          <Matrix migration={migration} names={names} />
        </Panel>
      )}
    </div>
  );
}
