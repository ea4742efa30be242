import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Lock, Plus } from 'lucide-react';
import { Link, useNavigate } from 'react-router';
import { labelOf, useObjectMeta } from '@/api/meta';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { Page, Panel } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { ownRolesQuery } from '../people/people-api';
import { readRights, rightsOf } from './rights';
import type { RoleRights } from './rights';
import { LEVEL_KEYS } from './rights-text';
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
          <p className={styles.empty}>{t('roles.none_text')}</p>
        )}
        <ul className={styles.list}>
          {found.data?.map(({ id, fields }) => {
            const rights = readRights(fields.rights);
            return (
              <li className={styles.entry} key={id}>
                <span>
                  <Link to={`/roles/${id}`}>{asText(fields.name) || t('value.unnamed')}</Link>
                  {' '}<span className="faint">{asText(fields.remarks)}</span>
                </span>
                {rights && <Summary role={rights} />}
              </li>
            );
          })}
        </ul>
      </Panel>
      <Panel title={t('roles.shipped')} flush>
        <ul className={styles.list}>
          {SHIPPED.map(({ key, label, rights }) => (
            <li className={styles.entry} key={key}>
              <Link to={`/roles/${key}`}>{labelOf(label, language, key)}</Link>
              <Summary role={rights} />
            </li>
          ))}
        </ul>
      </Panel>
    </Page>
  );
}

const MEASURE = 'account';

/** What the role comes to, by the object that matters most. */
function Summary({ role }: Readonly<{ role: RoleRights }>) {
  const { t, language } = useText();
  const object = useObjectMeta(MEASURE);
  if (role.administrator) return <span className="faint">{t('roles.everything')}</span>;
  const rights = rightsOf(role, MEASURE);
  return (
    <span className="faint">
      {t('roles.summary', {
        object: labelOf(object?.label, language, MEASURE), read: t(LEVEL_KEYS[rights.read]),
        update: t(LEVEL_KEYS[rights.update]),
      })}
    </span>
  );
}
