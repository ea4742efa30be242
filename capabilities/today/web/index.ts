import { House } from 'lucide-react';
import type { Feature } from '@/feature';

export const feature: Feature = {
  id: 'today',
  routes: [{ path: '/', load: () => import('./today-page') }],
  navigation: [
    { path: '/', label: 'today.nav', icon: House, section: 'cycle', order: 10, phone: true },
  ],
};
