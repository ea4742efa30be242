import { useQuery } from '@tanstack/react-query';
import { Button, DatePicker, Segmented, Select } from 'antd';
import dayjs from 'dayjs';
import { ChevronLeft, Plus, Users } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Link, useParams } from 'react-router';
import { useMeta, useObjectMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { isDate, todayIn } from '@/lib/dates';
import { Page } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import { useNarrow } from '@/ui/use-narrow';
import { Findings } from './findings';
import { LaneList } from './lane-list';
import type { PowerMap } from './map-api';
import { mapQuery, textOf } from './map-api';
import { Matrix } from './matrix';
import { PersonPanel } from './person-panel';
import { Relate } from './relate';
import { useLiveMap } from './use-live-map';
import styles from './map.module.css';

const Canvas = lazy(() => import('./canvas'));
const NewPerson = lazy(() => import('./new-person'));

const VIEWS = ['map', 'matrix', 'list'] as const;
type View = (typeof VIEWS)[number];

/** The people of an account and how they stand: as a canvas, as a matrix, as a list by lane. */
export default function MapPage() {
  const { t } = useText();
  const { id = '' } = useParams();
  const [params] = useUrlState();
  const day = params.get('day');
  const found = useQuery({
    ...mapQuery(id, params.get('opportunity') ?? '', isDate(day) ? day : ''),
    placeholderData: (before) => before,
  });
  useLiveMap();
  const map = found.data;
  return (
    <Page
      title={t('people_map.title')}
      above={(
        <Link to={`/accounts/${id}?tab=people`} className={styles.back}>
          <ChevronLeft size={15} aria-hidden />{map?.account.name ?? t('people_map.account')}
        </Link>
      )}
      tools={map && <Tools map={map} />}
    >
      {found.isError && !map && (
        <Failed error={found.error} retry={() => void found.refetch()} />
      )}
      {found.isPending && <TableSkeleton rows={8} columns={5} />}
      {map?.people.length === 0 && <Nobody account={id} />}
      {map && map.people.length > 0 && <Content map={map} />}
    </Page>
  );
}

function Nobody({ account }: Readonly<{ account: string }>) {
  const { t } = useText();
  return (
    <Notice icon={Users} title={t('people_map.nobody')} text={t('people_map.nobody_text')}>
      <AddPerson account={account} />
    </Notice>
  );
}

function AddPerson({ account }: Readonly<{ account: string }>) {
  const { t } = useText();
  const contact = useObjectMeta('contact');
  const [open, setOpen] = useState(false);
  if (!contact?.rights.create) return null;
  return (
    <>
      <Button
        type="primary" icon={<Plus size={15} aria-hidden />}
        onClick={() => {
          setOpen(true);
        }}
      >
        {t('people_map.add_person')}
      </Button>
      {open && (
        <Suspense>
          <NewPerson
            account={account}
            onClose={() => {
              setOpen(false);
            }}
          />
        </Suspense>
      )}
    </>
  );
}

function Tools({ map }: Readonly<{ map: PowerMap }>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const [, change] = useUrlState();
  const today = todayIn(workspace.time_zone);
  return (
    <>
      <Select
        className={styles.deal} aria-label={t('people_map.opportunity')} allowClear
        placeholder={t('people_map.any_opportunity')} value={map.opportunity ?? undefined}
        options={map.opportunities.map(({ id, fields }) => ({
          value: id, label: textOf(fields, 'name'),
        }))}
        onChange={(next: string | undefined) => {
          change({ opportunity: next ?? null }, { replace: true });
        }}
      />
      <DatePicker
        aria-label={t('people_map.as_of')} allowClear={map.day !== today}
        value={dayjs(map.day)} maxDate={dayjs(today)}
        onChange={(next) => {
          const chosen = next?.format('YYYY-MM-DD');
          change({ day: chosen === today ? null : chosen ?? null }, { replace: true });
        }}
      />
      {map.people.length > 0 && <AddPerson account={map.account.id} />}
    </>
  );
}

function useView(): View {
  const [params] = useUrlState();
  const narrow = useNarrow();
  const asked = VIEWS.find((view) => view === params.get('view'));
  // A canvas of cards needs room; on a phone the lanes are lists.
  if (narrow) return asked === 'matrix' ? 'matrix' : 'list';
  return asked ?? 'map';
}

function Content({ map }: Readonly<{ map: PowerMap }>) {
  const [params, change] = useUrlState();
  const narrow = useNarrow();
  const view = useView();
  const [related, setRelated] = useState<readonly [string, string] | null>(null);
  const chosen = params.get('person') ?? '';
  const choose = (person: string) => {
    change({ person: person === '' ? null : person }, { replace: true });
  };
  const person = map.people.find(({ id }) => id === chosen);
  const shown = params.get('lines');
  const lines = { reports: shown !== 'influence', influence: shown !== 'reports' };
  return (
    <>
      <Findings map={map} onChoose={choose} />
      <Bar map={map} view={view} narrow={narrow} />
      <div className={person && !narrow ? styles.split : styles.whole}>
        {view === 'map' && (
          <Suspense fallback={<TableSkeleton rows={8} columns={5} />}>
            <Canvas
              key={map.account.id} map={map} chosen={chosen} onChoose={choose} lines={lines}
              onRelate={(from, to) => {
                setRelated([from, to]);
              }}
            />
          </Suspense>
        )}
        {view === 'matrix' && <Matrix map={map} onChoose={choose} />}
        {view === 'list' && <LaneList map={map} onChoose={choose} />}
        {person && (
          <PersonPanel
            key={person.id} map={map} person={person} narrow={narrow}
            onClose={() => {
              choose('');
            }}
            onRelate={() => {
              setRelated([person.id, '']);
            }}
          />
        )}
      </div>
      {related && (
        <Relate
          map={map} from={related[0]} to={related[1]}
          onClose={() => {
            setRelated(null);
          }}
        />
      )}
    </>
  );
}

function Bar({ map, view, narrow }: Readonly<{ map: PowerMap; view: View; narrow: boolean }>) {
  const { t } = useText();
  const [params, change] = useUrlState();
  return (
    <div className={styles.bar}>
      <Segmented
        aria-label={t('people_map.view')} value={view}
        options={[
          ...narrow ? [] : [{ value: 'map', label: t('people_map.view.map') }],
          { value: 'matrix', label: t('people_map.view.matrix') },
          { value: 'list', label: t('people_map.view.list') },
        ]}
        onChange={(next) => {
          change({ view: next === 'map' ? null : next }, { replace: true });
        }}
      />
      {view === 'map' && (
        <Segmented
          aria-label={t('people_map.lines')} value={params.get('lines') ?? 'all'}
          options={[
            { value: 'all', label: t('people_map.lines.all') },
            { value: 'reports', label: t('people_map.lines.reports') },
            { value: 'influence', label: t('people_map.lines.influence') },
          ]}
          onChange={(next) => {
            change({ lines: next === 'all' ? null : next }, { replace: true });
          }}
        />
      )}
      {map.truncated && <span className={styles.warn}>{t('people_map.truncated')}</span>}
    </div>
  );
}
