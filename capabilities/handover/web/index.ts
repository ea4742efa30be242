import { ArrowRightLeft } from 'lucide-react';
import type { Feature } from '@/feature';

export const feature: Feature = {
  id: 'handover',
  routes: [
    { path: '/handover', load: () => import('./handovers-page') },
    { path: '/handover/new', load: () => import('./new-page') },
    { path: '/handover/:id', load: () => import('./handover-page') },
    { path: '/handover/:id/letters', load: () => import('./letters-page') },
  ],
  navigation: [
    {
      path: '/handover', label: 'handover.nav', icon: ArrowRightLeft, section: 'tools', order: 118,
      visible: (meta) => meta.objects.some((one) => (
        one.api_name === 'handover' && one.rights.read
      )),
    },
  ],
};
