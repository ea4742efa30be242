import { useSuspenseQuery } from '@tanstack/react-query';
import { Tabs } from 'antd';
import { sessionQuery } from '@/api/session';
import { useText } from '@/i18n/use-text';
import { Page } from '@/ui/page';
import { useUrlState } from '@/ui/url-state';
import { Look } from './look';
import { WorkspaceForm } from './workspace-form';

export default function SettingsPage() {
  const { t } = useText();
  const [params, change] = useUrlState();
  const { user } = useSuspenseQuery(sessionQuery).data;
  const tabs = [
    { key: 'workspace', label: t('settings.workspace'), children: <WorkspaceForm />, admin: true },
    { key: 'look', label: t('settings.look'), children: <Look />, admin: false },
  ].filter((tab) => user.administrator || !tab.admin);
  const wanted = params.get('tab');
  const active = tabs.find((tab) => tab.key === wanted)?.key ?? tabs[0]?.key;
  return (
    <Page title={t('settings.title')}>
      <Tabs
        destroyOnHidden
        activeKey={active}
        items={tabs.map(({ key, label, children }) => ({ key, label, children }))}
        onChange={(key) => {
          change({ tab: key }, { replace: true });
        }}
      />
    </Page>
  );
}
