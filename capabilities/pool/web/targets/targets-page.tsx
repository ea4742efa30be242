import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { ListOrdered, Lock, Plus } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { Link } from 'react-router';
import { useObjectMeta } from '@/api/meta';
import type { RecordRow } from '@/api/types';
import { asText } from '@/fields/widget';
import { Page, Panel } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import { PoolPages } from '../parts';
import { usePoolWords } from '../words';
import { listsQuery } from './targets-api';
import styles from '../pool.module.css';

const CreateDrawer = lazy(() => import('@/records/create-drawer'));
const NAMES = ['name', 'series', 'year', 'publisher'];

/** Rankings of an industry, edition by edition: where potential key accounts come from. */
export default function TargetsPage() {
  const { t } = usePoolWords();
  const [params, change] = useUrlState();
  const object = useObjectMeta('target_list');
  const found = useQuery({ ...listsQuery, enabled: object !== undefined });
  if (!object) {
    return <Notice icon={Lock} title={t('state.forbidden')} text={t('state.forbidden_text')} />;
  }
  const lists = found.data?.records ?? [];
  const none = found.isSuccess && lists.length === 0;
  const begin = object.rights.create && (
    <Button
      type="primary" icon={<Plus size={14} aria-hidden />}
      onClick={() => {
        change({ new: '1' }, { replace: true });
      }}
    >
      {t('pool.new_list')}
    </Button>
  );
  const series = [...new Set(lists.map(({ fields }) => asText(fields.series)))];
  return (
    <Page
      title={t('pool.targets')} note={t('pool.targets_note')} above={<PoolPages />}
      tools={none ? undefined : begin}
    >
      {found.isPending && <TableSkeleton rows={4} columns={3} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {none && (
        <Notice icon={ListOrdered} title={t('pool.no_lists')} text={t('pool.no_lists_text')}>
          {begin}
        </Notice>
      )}
      {series.map((name) => (
        <Series
          key={name} name={name}
          editions={lists.filter(({ fields }) => asText(fields.series) === name)}
        />
      ))}
      {params.get('new') === '1' && object.rights.create && (
        <Suspense fallback={null}>
          <CreateDrawer
            object={object} names={NAMES}
            onClose={() => {
              change({ new: null }, { replace: true });
            }}
          />
        </Suspense>
      )}
    </Page>
  );
}

/** The newest edition first. */
function Series({ name, editions }: Readonly<{ name: string; editions: readonly RecordRow[] }>) {
  return (
    <Panel flush title={name}>
      <ul className={styles.list}>
        {editions.map(({ id, fields }) => (
          <li className={styles.entry} key={id}>
            <Link className={styles.main} to={`/pool/targets/${id}`}>{asText(fields.name)}</Link>
            <span className="faint tabular">
              {[asText(fields.year), asText(fields.publisher)].filter((one) => one !== '')
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
