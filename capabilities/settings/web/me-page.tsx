import { useSuspenseQuery } from '@tanstack/react-query';
import { Select, Tabs } from 'antd';
import { Suspense, use } from 'react';
import { sessionQuery } from '@/api/session';
import { useText } from '@/i18n/use-text';
import { AccountPartsContext } from '@/ui/account-parts';
import { Page } from '@/ui/page';
import { PageSkeleton } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import { useNarrow } from '@/ui/use-narrow';
import { Look } from './look';
import { PasswordForm } from './password-form';
import { SecondFactor } from './second-factor';
import { Sessions } from './sessions';
import { Tokens } from './tokens';

/** My account: password, sign-ins, tokens, the look on this device, and what features add. */
export default function MePage() {
  const { t } = useText();
  const narrow = useNarrow();
  const [params, change] = useUrlState();
  const { user } = useSuspenseQuery(sessionQuery).data;
  const added = use(AccountPartsContext);
  const parts = [
    { key: 'password', label: t('settings.password'), children: <PasswordForm /> },
    { key: 'factor', label: t('factor.title'), children: <SecondFactor /> },
    { key: 'sessions', label: t('me.sessions'), children: <Sessions /> },
    { key: 'tokens', label: t('settings.tokens'), children: <Tokens /> },
    ...added.map(({ key, label, Part }) => ({
      key, label: t(label),
      children: <Suspense fallback={<PageSkeleton />}><Part /></Suspense>,
    })),
    { key: 'look', label: t('settings.look'), children: <Look /> },
  ];
  const shown = parts.find(({ key }) => key === params.get('tab')) ?? parts[0];
  const show = (tab: string) => {
    change({ tab }, { replace: true });
  };
  return (
    <Page title={t('me.title')} note={`${user.name} · ${user.login}`}>
      {narrow ? (
        <>
          <Select
            aria-label={t('me.title')} value={shown?.key} onChange={show}
            options={parts.map(({ key, label }) => ({ value: key, label }))}
          />
          {shown?.children}
        </>
      ) : <Tabs destroyOnHidden activeKey={shown?.key} items={parts} onChange={show} />}
    </Page>
  );
}
