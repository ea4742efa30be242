import type { Feature } from '@/feature';

export const feature: Feature = {
  id: 'contacts',
  routes: [
    { path: '/accounts/:id/map', load: () => import('./map-page') },
    { path: '/accounts/:id/meetings/:meeting', load: () => import('./meeting-page') },
    { path: '/concerns', load: () => import('./concerns-page') },
  ],
};
