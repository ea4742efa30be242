import { Settings, UserRound } from 'lucide-react';
import type { Feature } from '@/feature';

export const feature: Feature = {
  id: 'settings',
  routes: [
    { path: '/settings', load: () => import('./settings-page') },
    { path: '/me', load: () => import('./me-page') },
  ],
  navigation: [
    { path: '/me', label: 'me.title', icon: UserRound, section: 'tools', order: 128 },
    {
      path: '/settings', label: 'settings.nav', icon: Settings, section: 'tools', order: 130,
      visible: (meta) => meta.user.administrator,
    },
  ],
};
