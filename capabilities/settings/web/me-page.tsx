import { useSuspenseQuery } from '@tanstack/react-query';
import { Button, Tabs } from 'antd';
import { useState } from 'react';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { sessionQuery, signOut } from '@/api/session';
import { useText } from '@/i18n/use-text';
import { Page, Panel } from '@/ui/page';
import { showToast } from '@/ui/toast';
import { useUrlState } from '@/ui/url-state';
import { Look } from './look';
import { PasswordForm } from './password-form';
import { Tokens } from './tokens';

/** My account: password, sign-ins, tokens and the look of the product on this device. */
export default function MePage() {
  const { t } = useText();
  const [params, change] = useUrlState();
  const { user } = useSuspenseQuery(sessionQuery).data;
  return (
    <Page title={t('me.title')} note={`${user.name} · ${user.login}`}>
      <Tabs
        destroyOnHidden activeKey={params.get('tab') ?? 'password'}
        items={[
          { key: 'password', label: t('settings.password'), children: <PasswordForm /> },
          { key: 'sessions', label: t('me.sessions'), children: <Sessions /> },
          { key: 'tokens', label: t('settings.tokens'), children: <Tokens /> },
          { key: 'look', label: t('settings.look'), children: <Look /> },
        ]}
        onChange={(tab) => {
          change({ tab }, { replace: true });
        }}
      />
    </Page>
  );
}

/** Ends this session; a new password ends the others. */
function Sessions() {
  const { t } = useText();
  const [busy, setBusy] = useState(false);
  const leave = async () => {
    setBusy(true);
    try {
      await signOut();
      window.location.assign('/sign-in');
    } catch (error) {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
      setBusy(false);
    }
  };
  return (
    <Panel title={t('me.this_session')}>
      <p>{t('me.sessions_text')}</p>
      <Button danger loading={busy} onClick={() => void leave()}>{t('me.end_session')}</Button>
    </Panel>
  );
}
