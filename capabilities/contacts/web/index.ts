import type { Feature } from '@/feature';

export const feature: Feature = {
  id: 'contacts',
  routes: [{ path: '/accounts/:id/map', load: () => import('./map-page') }],
};
