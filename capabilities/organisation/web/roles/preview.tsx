import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isSystem, labelOf, useMeta } from '@/api/meta';
import { recordById } from '@/api/records';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { PrincipalPicker } from '@/records/access/principal-picker';
import { Panel } from '@/ui/page';
import { Failed, TableSkeleton } from '@/ui/states';
import { ownRolesQuery } from '../people/people-api';
import { effective, effectiveField, FLAGS, readRights, REACHES } from './rights';
import type { RoleRights } from './rights';
import { FLAG_KEYS, LEVEL_KEYS, REACH_KEYS } from './rights-text';
import { SeeAs } from './see-as';
import { shippedRole } from './shipped';
import styles from '../organisation.module.css';

const SELECT = ['name', 'roles', 'own_roles'];

const texts = (value: unknown) => (Array.isArray(value) ? value.map(asText) : []);

/** What a chosen person may do, as if they also had the role as it stands here. */
export function Preview({ roleKey, role }: Readonly<{ roleKey: string; role: RoleRights }>) {
  const { t } = useText();
  const [who, setWho] = useState<string | null>(null);
  const person = useQuery({ ...recordById('user', who ?? '', SELECT), enabled: who !== null });
  const own = useQuery(ownRolesQuery);
  const error = person.error ?? own.error;
  const fields = person.data?.fields;
  const shipped = texts(fields?.roles).flatMap((key) => {
    const found = shippedRole(key);
    return found && key !== roleKey ? [found.rights] : [];
  });
  const others = (own.data ?? [])
    .filter(({ id }) => id !== roleKey && texts(fields?.own_roles).includes(id))
    .flatMap((record) => readRights(record.fields.rights) ?? []);
  return (
    <Panel title={t('roles.preview')}>
      <div className={styles.stack}>
        <div className={styles.field}>
          <label className={styles.label} htmlFor="preview-who">{t('roles.preview_whom')}</label>
          <PrincipalPicker id="preview-who" kind="user" value={who} onChange={setWho} />
          <span className="faint">{t('roles.preview_text')}</span>
        </div>
        {error && <Failed error={error} />}
        {who !== null && person.isPending && <TableSkeleton rows={5} columns={4} />}
        {person.data && own.data && <Sum roles={[...shipped, ...others, role]} />}
        <SeeAs key={who ?? ''} who={who} roleKey={roleKey} role={role} />
      </div>
    </Panel>
  );
}

function Sum({ roles }: Readonly<{ roles: readonly RoleRights[] }>) {
  const { t, language } = useText();
  const { objects } = useMeta();
  const fieldsOf = (object: (typeof objects)[number]) => {
    const named = (right: 'none' | 'read') => object.fields
      .filter((one) => !isSystem(one)
        && effectiveField(roles, object.api_name, one.api_name) === right)
      .map((one) => labelOf(one.label, language, one.api_name));
    const hidden = named('none');
    return hidden.length === 0 ? t('roles.no_hidden_fields') : hidden.join(t('roles.comma'));
  };
  const audits = roles.some((role) => role.administrator || role.audit === true);
  return (
    <div className={styles.scroll}>
      <p>{t(audits ? 'roles.audits' : 'roles.audits_not')}</p>
      <table className={styles.matrix}>
        <thead>
          <tr>
            <th scope="col">{t('roles.object')}</th>
            {REACHES.map((one) => <th scope="col" key={one}>{t(REACH_KEYS[one])}</th>)}
            <th scope="col">{t('roles.also')}</th>
            <th scope="col">{t('roles.hidden_fields')}</th>
          </tr>
        </thead>
        <tbody>
          {objects.map((object) => {
            const sum = effective(roles, object);
            const also = FLAGS.filter((flag) => sum[flag]).map((flag) => t(FLAG_KEYS[flag]));
            return (
              <tr key={object.api_name}>
                <th scope="row">{labelOf(object.label, language, object.api_name)}</th>
                {REACHES.map((one) => (
                  <td key={one} data-label={t(REACH_KEYS[one])}>{t(LEVEL_KEYS[sum[one]])}</td>
                ))}
                <td data-label={t('roles.also')}>{also.join(t('roles.comma'))}</td>
                <td data-label={t('roles.hidden_fields')}>
                  {sum.read === 'none' ? t('roles.level_none') : fieldsOf(object)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
