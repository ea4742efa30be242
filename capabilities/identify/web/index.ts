import { ChartColumnDecreasing, Crosshair } from 'lucide-react';
import type { Feature } from '@/feature';

export const feature: Feature = {
  id: 'identify',
  routes: [
    { path: '/identify', load: () => import('./abc-page') },
    { path: '/identify/summary', load: () => import('./summary-page') },
  ],
  navigation: [
    {
      path: '/identify', label: 'identify.nav', icon: Crosshair, section: 'cycle', order: 20,
      phone: true,
    },
  ],
  commands: [
    {
      id: 'identify.abc', label: 'identify.command', icon: ChartColumnDecreasing,
      perform: (navigate) => void navigate('/identify'),
    },
  ],
};
