import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useObjectMeta } from '@/api/meta';
import type { ObjectMeta } from '@/api/types';
import { labelOf } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { Failed, TableSkeleton } from '@/ui/states';
import { briefQuery } from './handover-api';
import type { Brief } from './handover-api';
import styles from './handover.module.css';

type Props = Readonly<{
  handover: string; user: string; path: (object: string, id: string) => string;
}>;

/** What a successor has to know on the first day: accounts, the people there, what is open. */
export function BriefPanel({ handover, user, path }: Props) {
  const { t } = useText();
  const found = useQuery(briefQuery(handover, user));
  if (found.isPending) return <TableSkeleton rows={3} columns={1} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (found.data.accounts.length === 0) {
    return <p className={styles.empty}>{t('handover.no_accounts')}</p>;
  }
  return (
    <ul className={styles.list}>
      {found.data.accounts.map((account) => (
        <Account key={account.id} account={account} path={path} />
      ))}
    </ul>
  );
}

function option(object: ObjectMeta | undefined, field: string, key: string | null, lang: string) {
  if (key === null) return '';
  const options = object?.fields.find((one) => one.api_name === field)?.options;
  return labelOf(options?.find((one) => one.key === key)?.label, lang as 'en', key);
}

type AccountProps = Readonly<{ account: Brief['accounts'][number]; path: Props['path'] }>;

function Account({ account, path }: AccountProps) {
  const { t, language } = useText();
  const object = useObjectMeta('account');
  const contact = useObjectMeta('contact');
  return (
    <li className={styles.account}>
      <div className={styles.entryHead}>
        <Link className={styles.name} to={path('account', account.id)}>
          {account.name ?? account.code ?? t('value.unnamed')}
        </Link>
        <span className={styles.end}>
          <span className="faint">{option(object, 'tier', account.tier, language)}</span>
          <span className="faint">{option(object, 'lifecycle', account.lifecycle, language)}</span>
          {account.open > 0 && (
            <span className={styles.tag}>
              {t('handover.open_count', { count: String(account.open) })}
            </span>
          )}
        </span>
      </div>
      <ul className={styles.contacts}>
        {account.contacts.map((one) => (
          <li key={one.id}>
            <Link to={path('contact', one.id)}>{one.name ?? t('value.unnamed')}</Link>
            {' '}
            <span className="faint">
              {[one.salutation, one.title, option(contact, 'layer', one.layer, language), one.phone]
                .filter((text) => text !== null && text !== '').join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </li>
  );
}
