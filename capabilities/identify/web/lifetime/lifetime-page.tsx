import { Button, Segmented } from 'antd';
import { ChevronLeft, Upload } from 'lucide-react';
import { Link, useNavigate } from 'react-router';
import { useText } from '@/i18n/use-text';
import { Page } from '@/ui/page';
import { Failed, Notice, PageSkeleton } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import { presetWindow } from '../periods';
import type { DataRange } from '../periods';
import { useDataRange } from '../use-ranking';
import { RfmPanel } from './rfm-panel';
import { ValuePanel } from './value-panel';
import styles from './lifetime.module.css';

const VIEWS = ['risk', 'value', 'rfm'] as const;
type View = (typeof VIEWS)[number];
const VIEW_KEYS: Readonly<Record<View, string>> = {
  risk: 'lifetime.risk', value: 'lifetime.value', rfm: 'lifetime.rfm',
};

/** Who buys as he used to, who has gone silent, and what customers are worth from here on. */
export default function LifetimePage() {
  const { t } = useText();
  const navigate = useNavigate();
  const { edges, range, ready } = useDataRange();
  if (edges.isError) return <Failed error={edges.error} retry={() => void edges.refetch()} />;
  if (!ready) return <PageSkeleton />;
  if (range) return <Ready range={range} />;
  return (
    <Page title={t('lifetime.title')}>
      <Notice icon={Upload} title={t('lifetime.empty')} text={t('lifetime.empty_text')}>
        <Button type="primary" onClick={() => void navigate('/import')}>
          {t('identify.empty_action')}
        </Button>
      </Notice>
    </Page>
  );
}

function Ready({ range }: Readonly<{ range: DataRange }>) {
  const { t } = useText();
  const [params, change] = useUrlState();
  const view = VIEWS.find((one) => one === params.get('view')) ?? 'risk';
  const { from, to } = presetWindow('all', range);
  return (
    <Page
      title={t('lifetime.title')} note={t('lifetime.note', { from, to: range.last })}
      above={(
        <Link className={styles.back} to="/identify">
          <ChevronLeft size={14} aria-hidden />{t('identify.title')}
        </Link>
      )}
      tools={(
        <Segmented<View>
          aria-label={t('lifetime.title')} value={view}
          options={VIEWS.map((value) => ({ value, label: t(VIEW_KEYS[value]) }))}
          onChange={(next) => {
            change({ view: next === 'risk' ? null : next }, { replace: true });
          }}
        />
      )}
    >
      {view === 'rfm' ? <RfmPanel asOf={range.last < range.today ? range.last : range.today} />
        : <ValuePanel key={view} window={{ from, to }} risk={view === 'risk'} />}
    </Page>
  );
}
