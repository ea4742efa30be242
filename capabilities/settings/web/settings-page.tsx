import { Lock } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { Page } from '@/ui/page';
import { Notice } from '@/ui/states';
import { CheckInRoles } from './check-in';
import { SalesWatch } from './sales-watch';
import { WorkspaceForm } from './workspace-form';

const GiftPolicy = lazy(() => import('./gift-policy'));

/** What holds for the whole workspace. */
export default function SettingsPage() {
  const { t } = useText();
  const { user } = useMeta();
  if (!user.administrator) {
    return <Notice icon={Lock} title={t('state.forbidden')} text={t('state.forbidden_text')} />;
  }
  return (
    <Page title={t('settings.title')}>
      <WorkspaceForm />
      <CheckInRoles />
      <Suspense fallback={null}><GiftPolicy /></Suspense>
      <SalesWatch />
    </Page>
  );
}
