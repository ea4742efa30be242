import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import type { Locale } from 'antd/es/locale';
import firstLocale from 'antd/es/locale/en_US';
import { useEffect, useLayoutEffect, useState } from 'react';
import { RouterProvider } from 'react-router';
import { onSignedOut } from '@/api/client';
import { asProblem } from '@/api/problem';
import { useText } from '@/i18n/use-text';
import type { Language } from '@/i18n/language';
import { applyTokens } from '@/theme/apply-tokens';
import { kitTheme } from '@/theme/kit-theme';
import { usePreferences, useScheme } from '@/theme/preferences';
import { createRouter } from './router';

const RETRIES = 2;
const STALE_MS = 20_000;

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: STALE_MS,
      retry: (count, error) => count < RETRIES && asProblem(error).retryable,
    },
  },
});
const router = createRouter(queryClient);

onSignedOut(() => {
  const { pathname, search } = window.location;
  if (pathname === '/sign-in') return;
  queryClient.removeQueries({ queryKey: ['session'] });
  const next = encodeURIComponent(pathname + search);
  void router.navigate(`/sign-in?next=${next}`, { replace: true });
});

/**
 * The kit's own words (date picker, empty states) come with the language, after the shell. Until
 * then there are others: with none, the kit would mount the page anew once they come.
 */
function useKitLocale(language: Language): Locale {
  const [locale, setLocale] = useState<Locale>(firstLocale);
  useEffect(() => {
    let current = true;
    const load = language === 'en'
      ? import('@/i18n/kit-en').then((kit) => kit.locale)
      : import('@/i18n/kit-zh').then((kit) => kit.locale);
    void load.then((found) => {
      if (current) setLocale(found);
    });
    return () => {
      current = false;
    };
  }, [language]);
  return locale;
}

export function App() {
  const scheme = useScheme();
  const { density } = usePreferences();
  const { language } = useText();
  const locale = useKitLocale(language);
  useLayoutEffect(() => {
    applyTokens(scheme, density);
  }, [scheme, density]);
  return (
    <ConfigProvider
      theme={kitTheme(scheme, density)}
      locale={locale}
      button={{ autoInsertSpace: false }}
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ConfigProvider>
  );
}
