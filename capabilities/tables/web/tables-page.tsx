import { Button, Input } from 'antd';
import { Plus, Search, Table2 } from 'lucide-react';
import { Suspense, lazy } from 'react';
import { Link } from 'react-router';
import { labelOf, useMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { Page } from '@/ui/page';
import { Notice } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import styles from './tables.module.css';

const NewTable = lazy(() => import('./structure/new-table'));

/** Every table that the person may read; each opens as a list. */
export default function TablesPage() {
  const { t, language } = useText();
  const { objects, user } = useMeta();
  const [params, change] = useUrlState();
  const typed = params.get('q') ?? '';
  const readable = objects.filter((object) => object.rights.read);
  const shown = readable.filter((object) => {
    const label = labelOf(object.label, language, object.api_name);
    return `${label} ${object.api_name}`.toLowerCase().includes(typed.toLowerCase());
  });
  return (
    <Page
      title={t('tables.title')}
      note={t('tables.note', { n: readable.length })}
      tools={(
        <>
          <Input
            allowClear
            type="search"
            aria-label={t('tables.search')}
            placeholder={t('tables.search')}
            prefix={<Search size={15} aria-hidden />}
            value={typed}
            onChange={(event) => {
              change({ q: event.target.value }, { replace: true });
            }}
          />
          {user.administrator && (
            <Button
              type="primary" icon={<Plus size={15} aria-hidden />}
              onClick={() => {
                change({ new: '1' });
              }}
            >
              {t('structure.new_table')}
            </Button>
          )}
        </>
      )}
    >
      {shown.length === 0 && <Notice icon={Table2} title={t('state.nothing_found')} />}
      <ul className={styles.tables}>
        {shown.map((object) => (
          <li key={object.api_name}>
            <Link className={styles.table} to={`/records/${object.api_name}`}>
              <b>{labelOf(object.label, language, object.api_name)}</b>
              <span className="faint">
                {t('tables.fields', { name: object.api_name, n: object.fields.length })}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {params.get('new') === '1' && user.administrator && (
        <Suspense>
          <NewTable
            onClose={() => {
              change({ new: null }, { replace: true });
            }}
          />
        </Suspense>
      )}
    </Page>
  );
}
