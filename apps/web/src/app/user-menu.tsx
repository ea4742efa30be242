import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Languages, LogOut, Moon, Rows3, Sun, UserRound } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useNavigate } from 'react-router';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { sessionQuery, signOut } from '@/api/session';
import { setLanguage } from '@/i18n/language';
import { useText } from '@/i18n/use-text';
import { setPreferences, usePreferences, useScheme } from '@/theme/preferences';
import { showToast } from '@/ui/toast';
import styles from './user-menu.module.css';

/** The menu itself is fetched when it is first asked for: the shell starts without it. */
const UserDropdown = lazy(() => import('./user-dropdown'));

/** Ends the session; when the server cannot be reached the person stays and is told so. */
export function useSignOut(): () => void {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { t } = useText();
  return () => {
    signOut().then(() => {
      client.clear();
      return navigate('/sign-in');
    }).catch((error: unknown) => {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    });
  };
}

/** One's own account and the look of the product: shared by the menu and the palette. */
export function useOwnActions() {
  const { t, language } = useText();
  const scheme = useScheme();
  const { density } = usePreferences();
  const signOutNow = useSignOut();
  const navigate = useNavigate();
  return [
    {
      id: 'account', icon: UserRound, label: t('nav.account'),
      perform: () => void navigate('/me'),
    },
    {
      id: 'language', icon: Languages, label: t('language.switch'),
      perform: () => void setLanguage(language === 'en' ? 'zh-CN' : 'en'),
    },
    {
      id: 'scheme', icon: scheme === 'dark' ? Sun : Moon,
      label: t(scheme === 'dark' ? 'look.light' : 'look.dark'),
      perform: () => {
        setPreferences({ scheme: scheme === 'dark' ? 'light' : 'dark' });
      },
    },
    {
      id: 'density', icon: Rows3,
      label: t(density === 'compact' ? 'look.comfortable' : 'look.compact'),
      perform: () => {
        setPreferences({ density: density === 'compact' ? 'comfortable' : 'compact' });
      },
    },
    { id: 'sign-out', icon: LogOut, label: t('sign_in.sign_out'), perform: signOutNow },
  ] as const;
}

export function UserMenu({ folded }: Readonly<{ folded: boolean }>) {
  const { user } = useSuspenseQuery(sessionQuery).data;
  const [wanted, setWanted] = useState(false);
  const name = user.name || user.login;
  const button = (
    <button
      type="button"
      className={styles.user}
      aria-label={folded ? name : undefined}
      aria-haspopup="menu"
      onClick={() => {
        setWanted(true);
      }}
    >
      <span className={styles.face} aria-hidden>{name.slice(0, 1).toUpperCase()}</span>
      {!folded && <span className={styles.name}>{name}</span>}
    </button>
  );
  if (!wanted) return button;
  return <Suspense fallback={button}><UserDropdown>{button}</UserDropdown></Suspense>;
}
