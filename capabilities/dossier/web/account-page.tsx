import { useQuery } from '@tanstack/react-query';
import { Button, Select, Tabs } from 'antd';
import type { TabsProps } from 'antd';
import { ChevronLeft, Gauge, Lock, Network, NotebookPen, Table2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { lazy, Suspense } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { useObjectMeta } from '@/api/meta';
import type { ObjectMeta } from '@/api/types';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { History } from '@/records/history';
import { DeleteRecord, RecordCard } from '@/records/record-page';
import { FailedPage } from '@/ui/failed-page';
import { Page } from '@/ui/page';
import { Bone, Notice, TableSkeleton } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import { useNarrow } from '@/ui/use-narrow';
import type { Dossier } from './dossier-api';
import { dossierOf } from './dossier-api';
import { FollowButton } from './follow-button';
import { Gifts } from './gifts';
import { Header } from './header';
import { OverviewTab } from './overview';
import { PrintCard } from './print-card';
import { Related } from './related';
import styles from './dossier.module.css';

const Activities = lazy(() => import('./activities'));
const Comments = lazy(() => import('./comments'));
const Files = lazy(() => import('./files'));
const Meetings = lazy(() => import('./meetings'));
const NetworkTab = lazy(() => import('./network'));
const OwnerRequests = lazy(() => import('./owner-requests'));
const Registry = lazy(() => import('./registry'));
const Timeline = lazy(() => import('./timeline'));
const TrainingNeeds = lazy(() => import('./training-needs'));
const Trading = lazy(() => import('./trading'));
const Yearly = lazy(() => import('./yearly'));
const AccessTab = lazy(() => import('@/records/access/access-tab'));

/** One account as a whole: the first view is one request, the tabs ask for theirs when opened. */
export default function AccountPage() {
  const { t } = useText();
  const { id = '' } = useParams();
  const object = useObjectMeta('account');
  const found = useQuery({ ...dossierOf(id), enabled: object !== undefined });
  if (!object) {
    return <Notice icon={Lock} title={t('state.forbidden')} text={t('state.forbidden_text')} />;
  }
  const dossier = found.data;
  if (found.isError) {
    return (
      <FailedPage
        title={t('accounts.title')} above={<Back />} error={found.error}
        retry={() => void found.refetch()}
      />
    );
  }
  return (
    <Page
      title={dossier ? asText(dossier.account.fields.name) : '…'}
      above={<Back />}
      note={dossier ? <Header dossier={dossier} /> : <Bone width={320} />}
      tools={dossier && <Tools object={object} dossier={dossier} />}
    >
      <AccountTabs key={id} object={object} id={id} dossier={dossier} />
    </Page>
  );
}

function Back() {
  const { t } = useText();
  return (
    <Link to="/accounts" className={styles.back}>
      <ChevronLeft size={15} aria-hidden />
      {t('accounts.title')}
    </Link>
  );
}

function Tools({ object, dossier }: Readonly<{ object: ObjectMeta; dossier: Dossier }>) {
  const { t } = useText();
  const navigate = useNavigate();
  const scored = useObjectMeta('score_result') !== undefined;
  const visits = useObjectMeta('visit');
  const { id, can } = dossier.account;
  return (
    <>
      {visits?.rights.create && (
        <Button
          type="primary" icon={<NotebookPen size={15} aria-hidden />}
          onClick={() => void navigate(`/quick?account=${id}`)}
        >
          {t('dossier.quick')}
        </Button>
      )}
      {scored && (
        <Button
          icon={<Gauge size={15} aria-hidden />}
          onClick={() => void navigate(`/scoring/accounts/${id}`)}
        >
          {t('accounts.score')}
        </Button>
      )}
      {object.rights.export && <PrintCard id={id} />}
      <FollowButton account={id} />
      {can.includes('delete') && <DeleteRecord object={object} id={id} />}
    </>
  );
}

function AccountTabs({ object, id, dossier }: Readonly<{
  object: ObjectMeta; id: string; dossier: Dossier | undefined;
}>) {
  const { t } = useText();
  const [params, change] = useUrlState();
  const narrow = useNarrow();
  const waiting = <TableSkeleton rows={6} columns={3} />;
  const later = (part: ReactNode) => <Suspense fallback={waiting}>{part}</Suspense>;
  const tab = params.get('tab') ?? 'overview';
  const open = (next: string) => {
    change({ tab: next === 'overview' ? null : next, kinds: null, who: null }, { replace: true });
  };
  const items: NonNullable<TabsProps['items']> = [
    {
      key: 'overview', label: t('dossier.overview'),
      children: dossier ? <OverviewTab dossier={dossier} /> : waiting,
    },
    { key: 'card', label: t('record.card'), children: <RecordCard object={object} id={id} /> },
    { key: 'people', label: t('dossier.people'), children: <People id={id} /> },
    { key: 'trading', label: t('dossier.trading'), children: later(<Trading id={id} />) },
    { key: 'yearly', label: t('dossier.yearly'), children: later(<Yearly id={id} />) },
    { key: 'network', label: t('dossier.network'), children: later(<NetworkTab id={id} />) },
    { key: 'timeline', label: t('dossier.timeline'), children: later(<Timeline id={id} />) },
    { key: 'comments', label: t('dossier.comments'), children: later(<Comments id={id} />) },
    { key: 'service', label: t('dossier.service'), children: <Service id={id} /> },
    {
      key: 'registry', label: t('dossier.sources'),
      children: later(<Registry object={object} id={id} />),
    },
    {
      key: 'files', label: t('dossier.files'),
      children: later(<Files object={object} id={id} />),
    },
    {
      key: 'history', label: t('record.history'),
      children: <History object={object} id={id} />,
    },
    {
      key: 'access', label: t('record.access'),
      children: later(
        <div className={styles.main}>
          {dossier && <OwnerRequests dossier={dossier} />}
          <AccessTab object={object} id={id} />
        </div>,
      ),
    },
  ];
  // A phone has no room for so many tabs beside each other.
  const bar = () => (
    <Select
      className={styles.tabs} aria-label={t('dossier.part')} value={tab} onChange={open}
      options={items.map(({ key, label }) => ({ value: key, label }))}
    />
  );
  return (
    <Tabs
      activeKey={tab} onChange={open} destroyOnHidden items={items}
      {...(narrow ? { renderTabBar: bar } : {})}
    />
  );
}

function People({ id }: Readonly<{ id: string }>) {
  const { t } = useText();
  const contact = useObjectMeta('contact');
  return (
    <div className={styles.main}>
      {contact?.rights.read && (
        <nav className={styles.ways} aria-label={t('dossier.people')}>
          <Link to={`/accounts/${id}/map`} className={styles.way}>
            <Network size={15} aria-hidden />{t('dossier.power_map')}
          </Link>
          <Link to={`/accounts/${id}/map?view=matrix`} className={styles.way}>
            <Table2 size={15} aria-hidden />{t('dossier.people_matrix')}
          </Link>
        </nav>
      )}
      <Related
        object="contact" account={id} sort="layer"
        columns={['name', 'title', 'department_name', 'layer', 'function', 'phone', 'status']}
      />
      <Related
        object="account_member" account={id} sort="since"
        columns={['user', 'role', 'since', 'until']}
      />
      <Suspense fallback={null}>
        <Meetings account={id} />
        <TrainingNeeds account={id} />
      </Suspense>
      <Gifts account={id} />
    </div>
  );
}

function Service({ id }: Readonly<{ id: string }>) {
  return (
    <div className={styles.main}>
      <Related
        object="complaint" account={id} sort="raised_at"
        columns={['number', 'raised_at', 'severity', 'state', 'content', 'due_at', 'owner']}
      />
      <Suspense fallback={null}><Activities account={id} /></Suspense>
      <Related
        object="visit" account={id} sort="planned_at"
        columns={['subject', 'kind', 'state', 'planned_at', 'done_at', 'outcome']}
      />
    </div>
  );
}
