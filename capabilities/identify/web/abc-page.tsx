import { useEffect, useRef } from 'react';
import { Button } from 'antd';
import { Download, FileText, HeartPulse, Upload } from 'lucide-react';
import { Link, useNavigate, useLocation } from 'react-router';
import { useObjectMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { addDays } from '@/lib/dates';
import { UnitSwitch } from '@/ui/money';
import { Page } from '@/ui/page';
import { Failed, Notice } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import { AbcSkeleton } from './abc-skeleton';
import { AbcView } from './abc-view';
import { Controls } from './controls';
import { csvUrl } from './ranking-api';
import { isMoney } from './ranking-state';
import type { AbcDefaults } from './ranking-state';
import { useDataRange, useRankingState } from './use-ranking';
import type { DataRange } from './periods';

/** Who the key accounts are: the Pareto curve, the classes, and the accounts behind them. */
export default function AbcPage() {
  const { t } = useText();
  const { edges, range, defaults, ready } = useDataRange();
  const navigate = useNavigate();
  if (edges.isError) {
    return (
      <Page title={t('identify.title')}>
        <Failed error={edges.error} retry={() => void edges.refetch()} />
      </Page>
    );
  }
  if (!ready) return <Page title={t('identify.title')}><AbcSkeleton /></Page>;
  if (!range) {
    return (
      <Page title={t('identify.title')}>
        <Notice icon={Upload} title={t('identify.empty')} text={t('identify.empty_text')}>
          <Button type="primary" onClick={() => void navigate('/import')}>
            {t('identify.empty_action')}
          </Button>
        </Notice>
      </Page>
    );
  }
  return <Ready range={range} defaults={defaults} />;
}

function Ready({ range, defaults }: Readonly<{ range: DataRange; defaults: AbcDefaults }>) {
  const { t } = useText();
  const [, change] = useUrlState();
  const { search } = useLocation();
  const state = useRankingState(range, defaults);
  const mayExport = useObjectMeta('account')?.rights.export ?? false;
  const pinned = useRef(false);
  useEffect(() => {
    // The period in force is written into the address once, so a shared link shows the same days.
    if (pinned.current) return;
    pinned.current = true;
    change({ from: state.from, to: state.to }, { replace: true });
  }, [change, state.from, state.to]);
  return (
    <Page
      title={t('identify.title')}
      note={t('identify.as_of', { from: state.from, to: addDays(state.to, -1), last: range.last })}
      tools={(
        <>
          {isMoney(state.measure) && (
            <UnitSwitch
              unit={state.unit}
              onChange={(unit) => {
                change({ unit: unit === defaults.unit ? null : unit }, { replace: true });
              }}
            />
          )}
          <Link to="/identify/lifetime">
            <Button tabIndex={-1} icon={<HeartPulse size={15} aria-hidden />}>
              {t('lifetime.risk')}
            </Button>
          </Link>
          {mayExport && (
            <a href={csvUrl(state)} download>
              <Button tabIndex={-1} icon={<Download size={15} aria-hidden />}>CSV</Button>
            </a>
          )}
          <Link to={`/identify/summary${search}`}>
            <Button tabIndex={-1} icon={<FileText size={15} aria-hidden />}>
              {t('identify.summary')}
            </Button>
          </Link>
        </>
      )}
    >
      <Controls state={state} range={range} defaults={defaults} />
      <AbcView state={state} />
    </Page>
  );
}
