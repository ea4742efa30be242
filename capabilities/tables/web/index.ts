import { Table2 } from 'lucide-react';
import type { Feature } from '@/feature';

/** The usual view comes along with the page, so that its rows are asked for at once. */
function loadTable() {
  void import('./grid/grid-view');
  return import('./table-page');
}

export const feature: Feature = {
  id: 'tables',
  routes: [
    { path: '/tables', load: () => import('./tables-page') },
    { path: '/tables/:object', load: () => import('./structure/structure-page') },
    { path: '/tables/:object/layout', load: () => import('./layout/layout-page') },
    { path: '/records/:object', load: loadTable },
    { path: '/records/:object/:id', load: () => import('./one-page') },
  ],
  open: [{ path: '/f/:token', load: () => import('./public/public-form') }],
  navigation: [
    { path: '/tables', label: 'tables.nav', icon: Table2, section: 'tools', order: 110 },
  ],
};
