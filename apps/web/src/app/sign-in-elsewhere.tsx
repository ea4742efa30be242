import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { apiUrl } from '@/api/client';
import { providerQuery } from '@/api/session';
import { useText } from '@/i18n/use-text';
import { safeNext } from './safe-next';
import styles from './sign-in.module.css';

/** What the server says in the address when the provider did not do, as a text. */
const REASONS: Readonly<Record<string, string>> = {
  identity_not_proven: 'sign_in.not_proven',
  provider_refused: 'sign_in.refused',
  sign_in_expired: 'sign_in.expired',
  unknown_person: 'sign_in.unknown_person',
};

export function failureKey(reason: string): string {
  return REASONS[reason] ?? 'sign_in.provider_away';
}

/** The way in through the provider of the company, where there is one. */
export function SignInElsewhere() {
  const { t } = useText();
  const [params] = useSearchParams();
  const provider = useQuery(providerQuery);
  const failed = params.get('failed');
  if (provider.data?.enabled !== true) return null;
  return (
    <>
      <a
        className={styles.elsewhere}
        href={apiUrl('/session/oidc/start', { next: safeNext(params.get('next')) })}
      >
        {t('sign_in.elsewhere')}
      </a>
      {failed !== null && <p role="alert" className={styles.error}>{t(failureKey(failed))}</p>}
    </>
  );
}
