import { FileQuestion, Lock, Settings2 } from 'lucide-react';
import { Suspense, lazy, useCallback, useEffect } from 'react';
import { Link, useParams } from 'react-router';
import { labelOf, useMeta, useObjectMeta } from '@/api/meta';
import type { ObjectMeta } from '@/api/types';
import { useText } from '@/i18n/use-text';
import CreateDrawer from '@/records/create-drawer';
import { Notice, TableSkeleton } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import { ReasonDialog } from './edits/reason-dialog';
import { People, usePresence } from './presence/people';
import { Toolbar } from './toolbar/toolbar';
import { useView } from './views/use-view';
import { ViewBar } from './views/view-bar';
import { VIEW_PAGES } from './views/pages';
import styles from './tables.module.css';

const RecordPanel = lazy(() => import('./panel/record-panel'));

export default function TablePage() {
  const { t } = useText();
  const { object: name = '' } = useParams();
  const object = useObjectMeta(name);
  if (!object) {
    const text = t('state.not_found_text');
    return <Notice icon={FileQuestion} title={t('state.not_found')} text={text} />;
  }
  if (!object.rights.read) {
    return <Notice icon={Lock} title={t('state.forbidden')} text={t('state.forbidden_text')} />;
  }
  return <Table key={name} object={object} />;
}

/** Any object in any of its views; the record that is open stands beside it. */
function Table({ object }: Readonly<{ object: ObjectMeta }>) {
  const { t, language } = useText();
  const { user } = useMeta();
  const [params, change] = useUrlState();
  const view = useView(object);
  const title = labelOf(object.label, language, object.api_name);
  const open = params.get('record');
  usePresence(object.api_name, open);
  const onOpen = useCallback((id: string, history?: string) => {
    change({ record: id, history: history ?? null }, { replace: true });
  }, [change]);
  useEffect(() => {
    document.title = `${title} · Linchpin`;
  }, [title]);
  const View = VIEW_PAGES[view.kind];
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1 className={styles.title}>{title}</h1>
        <ViewBar object={object} view={view} />
        <People />
        {user.administrator && (
          <Link
            className={styles.structure} to={`/tables/${object.api_name}`}
            aria-label={t('structure.title', { object: title })}
          >
            <Settings2 size={15} aria-hidden />
          </Link>
        )}
      </header>
      <Toolbar
        object={object} view={view}
        onCreate={() => {
          change({ new: '1' });
        }}
      />
      <Suspense fallback={<TableSkeleton columns={6} rows={14} />}>
        <View key={view.saved?.id ?? ''} object={object} view={view} onOpen={onOpen} />
      </Suspense>
      {open !== null && (
        <Suspense>
          <RecordPanel
            key={open} object={object} id={open} history={params.get('history')}
            onClose={() => {
              change({ record: null, history: null }, { replace: true });
            }}
          />
        </Suspense>
      )}
      {params.get('new') === '1' && object.rights.create && (
        <CreateDrawer
          object={object}
          onClose={() => {
            change({ new: null }, { replace: true });
          }}
        />
      )}
      <ReasonDialog />
    </div>
  );
}
