import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { fieldOf, useObjectMeta } from '@/api/meta';
import type { Fields } from '@/api/types';
import { FieldValue } from '@/fields/field-value';
import { useText } from '@/i18n/use-text';
import { Amount, useUnitName } from '@/ui/money';
import { Panel } from '@/ui/page';
import { Failed, TableSkeleton } from '@/ui/states';
import { inTreeOrder, levelsOf, networkOf } from './network-api';
import type { Member, Network, Relation } from './network-api';
import { NetworkPicture } from './network-picture';
import { Related } from './related';
import styles from './dossier.module.css';

const SUMS = ['sales', 'credit_limit', 'open', 'overdue'] as const;
const SUM_TEXTS = {
  sales: 'dossier.network_sales', credit_limit: 'dossier.network_credit',
  open: 'dossier.network_open', overdue: 'dossier.network_overdue',
} as const;
const INDENT = 20;

/** The group of an account with what it brings and owes, and the companies around it. */
export default function NetworkTab({ id }: Readonly<{ id: string }>) {
  const { t } = useText();
  const found = useQuery(networkOf(id));
  if (found.isPending) return <TableSkeleton rows={6} columns={4} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const network = found.data;
  return (
    <div className={styles.main}>
      <Panel title={t('dossier.network')}>
        <NetworkPicture id={id} network={network} />
        {network.truncated && <p className="faint">{t('dossier.network_truncated')}</p>}
      </Panel>
      <Group id={id} network={network} />
      {network.relations.length > 0 && <Relations relations={network.relations} />}
      <Related object="account_site" account={id} sort="kind"
        columns={['kind', 'province', 'city', 'address', 'receiver', 'phone']} />
      <Related object="billing_profile" account={id} sort="title"
        columns={['title', 'tax_number', 'bank', 'bank_account']} />
      <Related object="account_code" account={id} sort="code"
        columns={['code', 'selling_entity']} />
      <Related object="account_name" account={id} sort="name" columns={['name', 'kind']} />
    </div>
  );
}

function Sum({ value }: Readonly<{ value: string | null }>) {
  return (
    <td className={styles.right}>
      {value === null ? '–' : <Amount value={value} />}
    </td>
  );
}

function Group({ id, network }: Readonly<{ id: string; network: Network }>) {
  const { t } = useText();
  const levels = levelsOf(network.members);
  return (
    <Panel flush title={<>{t('dossier.network_group')} · {useUnitName()}</>}>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('dossier.network_entity')}</th>
              {SUMS.map((sum) => (
                <th key={sum} scope="col" className={styles.right}>{t(SUM_TEXTS[sum])}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {inTreeOrder(network.members).map((member) => (
              <tr key={member.id}>
                <td style={{ paddingInlineStart: INDENT * ((levels.get(member.id) ?? 0) + 1) }}>
                  <Entity member={member} own={member.id === id} />
                </td>
                {SUMS.map((sum) => <Sum key={sum} value={member[sum]} />)}
              </tr>
            ))}
            <tr>
              <td><b>{t('dossier.network_total')}</b></td>
              {SUMS.map((sum) => <Sum key={sum} value={network.total[sum]} />)}
            </tr>
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function Entity({ member, own }: Readonly<{ member: Member; own: boolean }>) {
  const { t } = useText();
  const name = member.name ?? t('value.unnamed');
  return (
    <>
      {own ? <b>{name}</b> : <Link to={`/accounts/${member.id}?tab=network`}>{name}</Link>}
      {' '}<span className="faint">
        {[member.city, member.owner_name].filter(Boolean).join(' · ')}
      </span>
    </>
  );
}

function Relations({ relations }: Readonly<{ relations: readonly Relation[] }>) {
  const { t } = useText();
  const object = useObjectMeta('account_relation');
  const value = (name: string, fields: Fields) => {
    const field = object && fieldOf(object, name);
    return field ? <FieldValue field={field} fields={fields} /> : null;
  };
  return (
    <Panel flush title={<>{t('dossier.network_relations')} · {useUnitName()}</>}>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('dossier.network_company')}</th>
              <th scope="col">{t('dossier.network_kind')}</th>
              <th scope="col">{t('dossier.network_since')}</th>
              <th scope="col" className={styles.right}>{t('dossier.network_sales')}</th>
              <th scope="col" className={styles.right}>{t('dossier.network_sales_since')}</th>
            </tr>
          </thead>
          <tbody>
            {relations.map((one) => (
              <tr key={one.id}>
                <td><Link to={`/accounts/${one.account}?tab=network`}>{one.name}</Link></td>
                <td>
                  {value('kind', { kind: one.kind })}
                  {!one.outgoing && (
                    <span className="faint"> {t('dossier.network_from_there')}</span>
                  )}
                </td>
                <td>{one.since ?? '–'}</td>
                <Sum value={one.sales} />
                <Sum value={one.sales_since} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
