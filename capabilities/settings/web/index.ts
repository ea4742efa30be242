import { Settings } from 'lucide-react';
import type { Feature } from '@/feature';

export const feature: Feature = {
  id: 'settings',
  routes: [
    { path: '/settings', load: () => import('./settings-page') },
    { path: '/me', load: () => import('./me-page') },
  ],
  navigation: [
    {
      path: '/settings', label: 'settings.nav', icon: Settings, section: 'tools', order: 130,
      visible: (meta) => meta.user.administrator,
    },
  ],
};
