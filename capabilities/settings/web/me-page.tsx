import { useSuspenseQuery } from '@tanstack/react-query';
import { Tabs } from 'antd';
import { sessionQuery } from '@/api/session';
import { useText } from '@/i18n/use-text';
import { Page } from '@/ui/page';
import { useUrlState } from '@/ui/url-state';
import { Look } from './look';
import { PasswordForm } from './password-form';
import { SecondFactor } from './second-factor';
import { Sessions } from './sessions';
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
          { key: 'factor', label: t('factor.title'), children: <SecondFactor /> },
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
