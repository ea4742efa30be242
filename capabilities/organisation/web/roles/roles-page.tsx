import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Lock, Plus, ShieldCheck } from 'lucide-react';
import { Link, useNavigate } from 'react-router';
import { labelOf, useObjectMeta } from '@/api/meta';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { Page, Panel } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { ownRolesQuery } from '../people/people-api';
import { SHIPPED } from './shipped';
import styles from '../organisation.module.css';

/** The roles of the product and those of the workspace. */
export default function RolesPage() {
  const { t, language } = useText();
  const navigate = useNavigate();
  const object = useObjectMeta('role');
  const found = useQuery({ ...ownRolesQuery, enabled: object !== undefined });
  if (!object) {
    return <Notice icon={Lock} title={t('state.forbidden')} text={t('state.forbidden_text')} />;
  }
  return (
    <Page
      narrow title={t('roles.title')} note={t('roles.note')}
      tools={object.rights.create && (
        <Button
          type="primary" icon={<Plus size={14} aria-hidden />}
          onClick={() => void navigate('/roles/new')}
        >
          {t('roles.new')}
        </Button>
      )}
    >
      <Panel title={t('roles.own')} flush>
        {found.isPending && <TableSkeleton rows={3} columns={1} />}
        {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
        {found.data?.length === 0 && (
          <Notice icon={ShieldCheck} title={t('roles.none')} text={t('roles.none_text')} />
        )}
        <ul className={styles.list}>
          {found.data?.map(({ id, fields }) => (
            <li className={styles.entry} key={id}>
              <Link to={`/roles/${id}`}>{asText(fields.name) || t('value.unnamed')}</Link>
              <span className="faint">{asText(fields.remarks)}</span>
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title={t('roles.shipped')} flush>
        <ul className={styles.list}>
          {SHIPPED.map(({ key, label }) => (
            <li className={styles.entry} key={key}>
              <Link to={`/roles/${key}`}>{labelOf(label, language, key)}</Link>
            </li>
          ))}
        </ul>
      </Panel>
    </Page>
  );
}
