import { Table2 } from 'lucide-react';
import type { Feature } from '@/feature';

export const feature: Feature = {
  id: 'tables',
  routes: [
    { path: '/tables', load: () => import('./tables-page') },
    { path: '/tables/:object', load: () => import('./structure/structure-page') },
    { path: '/tables/:object/layout', load: () => import('./layout/layout-page') },
    { path: '/records/:object', load: () => import('./table-page') },
    { path: '/records/:object/:id', load: () => import('./one-page') },
  ],
  navigation: [
    { path: '/tables', label: 'tables.nav', icon: Table2, section: 'tools', order: 110 },
  ],
};
