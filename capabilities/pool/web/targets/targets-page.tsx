import { useQuery } from '@tanstack/react-query';
import { ListOrdered, Lock } from 'lucide-react';
import { Link } from 'react-router';
import { useObjectMeta } from '@/api/meta';
import type { RecordRow } from '@/api/types';
import { asText } from '@/fields/widget';
import { Page, Panel } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { BeginButton, CreateInUrl } from '../create-in-url';
import { PoolPages } from '../parts';
import { usePoolWords } from '../words';
import { listsQuery } from './targets-api';
import styles from '../pool.module.css';

const NAMES = ['name', 'series', 'year', 'publisher'];

/** Rankings of an industry, edition by edition: where potential key accounts come from. */
export default function TargetsPage() {
  const { t } = usePoolWords();
  const object = useObjectMeta('target_list');
  const found = useQuery({ ...listsQuery, enabled: object !== undefined });
  if (!object) {
    return <Notice icon={Lock} title={t('state.forbidden')} text={t('state.forbidden_text')} />;
  }
  const lists = found.data?.records ?? [];
  const none = found.isSuccess && lists.length === 0;
  const begin = object.rights.create && <BeginButton label={t('pool.new_list')} />;
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
      <CreateInUrl object={object} names={NAMES} />
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
