import { useIsFetching } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Outlet, useLocation, useNavigation } from 'react-router';
import { useText } from '@/i18n/use-text';
import { usePreferences } from '@/theme/preferences';
import { AccountPartsContext } from '@/ui/account-parts';
import { PageSkeleton } from '@/ui/states';
import { accountParts, beside } from './features';
import { PhoneBar } from './phone-bar';
import { useShortcuts } from './shortcuts';
import { Sidebar } from './sidebar';
import styles from './shell.module.css';

const PinsDialog = lazy(() => import('./pins-dialog'));
const Palette = lazy(() => import('./palette'));
const ShortcutHelp = lazy(() => import('./shortcut-help'));
const Toasts = lazy(() => import('./toasts'));

/** The frame around every page: navigation, the palette, messages. */
export default function Shell() {
  const { t } = useText();
  const { folded } = usePreferences();
  const [open, setOpen] = useState<'palette' | 'help' | 'pins' | null>(null);
  const moving = useNavigation().state !== 'idle';
  const fetching = useIsFetching() > 0;
  const { pathname } = useLocation();
  useShortcuts(setOpen);
  useEffect(() => {
    document.getElementById('content')?.scrollTo(0, 0);
  }, [pathname]);
  const close = () => {
    setOpen(null);
  };
  const choosePins = () => {
    setOpen('pins');
  };
  return (
    <div className={folded ? styles.folded : styles.shell}>
      <a className={styles.skip} href="#content">{t('nav.skip')}</a>
      <Sidebar
        onSearch={() => {
          setOpen('palette');
        }}
        onPins={choosePins}
      />
      <div className={moving || fetching ? styles.busy : styles.idle} aria-hidden />
      <main id="content" className={styles.content} tabIndex={-1}>
        <AccountPartsContext value={accountParts}>
          <Suspense fallback={<PageSkeleton />}><Outlet /></Suspense>
        </AccountPartsContext>
      </main>
      <PhoneBar
        onMore={() => {
          setOpen('palette');
        }}
      />
      <Suspense>
        {beside.map((Beside, at) => <Beside key={at} />)}
      </Suspense>
      <Suspense>
        <Toasts />
        {open === 'palette' && <Palette onClose={close} onPins={choosePins} />}
        {open === 'pins' && <PinsDialog onClose={close} />}
        {open === 'help' && <ShortcutHelp onClose={close} />}
      </Suspense>
    </div>
  );
}
