import type { QueryClient } from '@tanstack/react-query';
import { createBrowserRouter, redirect } from 'react-router';
import { metaQuery } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { sessionQuery } from '@/api/session';
import type { FeatureRoute } from '@/feature';
import { ensurePageTexts, languageIsChosen, setLanguage } from '@/i18n/language';
import { Crash } from './crash';
import { features } from './features';
import { NotFound } from './not-found';
import { Splash } from './splash';

/** Only people who are signed in come past here; the metadata boots the pages. */
async function boot(client: QueryClient, request: Request) {
  const url = new URL(request.url);
  try {
    const session = await client.ensureQueryData(sessionQuery);
    const { locale } = session.user;
    if (!languageIsChosen() && (locale === 'en' || locale === 'zh-CN')) await setLanguage(locale);
  } catch (error) {
    if (asProblem(error).status !== 401) throw error;
    const next = url.pathname + url.search;
    return redirect(next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`);
  }
  await client.ensureQueryData(metaQuery);
  return null;
}

function pageOf(route: FeatureRoute) {
  return {
    path: route.path,
    errorElement: <Crash />,
    lazy: async () => {
      const [page] = await Promise.all([route.load(), ensurePageTexts()]);
      return { Component: page.default };
    },
  };
}

export function createRouter(client: QueryClient) {
  return createBrowserRouter([
    {
      path: '/sign-in',
      errorElement: <Crash />,
      hydrateFallbackElement: <Splash />,
      lazy: async () => ({ Component: (await import('./sign-in')).default }),
    },
    ...features.flatMap((feature) => feature.open ?? []).map((route) => (
      { ...pageOf(route), hydrateFallbackElement: <Splash /> }
    )),
    {
      id: 'shell',
      loader: ({ request }) => boot(client, request),
      shouldRevalidate: () => false,
      errorElement: <Crash />,
      hydrateFallbackElement: <Splash />,
      lazy: async () => ({ Component: (await import('./shell')).default }),
      children: [
        ...features.flatMap((feature) => feature.routes).map(pageOf),
        { path: '*', element: <NotFound /> },
      ],
    },
  ]);
}
