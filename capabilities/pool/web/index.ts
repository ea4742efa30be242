import { Trophy } from 'lucide-react';
import type { Meta } from '@/api/types';
import type { Feature } from '@/feature';

function seesPool(meta: Meta): boolean {
  return meta.objects.some((one) => one.api_name === 'pool_entry' && one.rights.read);
}

export const feature: Feature = {
  id: 'pool',
  routes: [
    { path: '/pool', load: () => import('./board/board-page') },
    { path: '/pool/rounds', load: () => import('./rounds/rounds-page') },
    { path: '/pool/rounds/:id', load: () => import('./rounds/round-page') },
    { path: '/pool/segments', load: () => import('./segments/segments-page') },
    { path: '/pool/targets', load: () => import('./targets/targets-page') },
    { path: '/pool/targets/:id', load: () => import('./targets/edition-page') },
    { path: '/pool/screening', load: () => import('./screening/template-page') },
    { path: '/pool/policy', load: () => import('./policy/policy-page') },
    { path: '/pool/standards', load: () => import('./standards/standards-page') },
  ],
  navigation: [
    {
      path: '/pool', label: 'pool.nav', icon: Trophy, section: 'cycle', order: 24,
      visible: seesPool,
    },
  ],
  commands: [
    {
      id: 'pool.board', label: 'pool.command', icon: Trophy, visible: seesPool,
      perform: (navigate) => void navigate('/pool'),
    },
    {
      id: 'pool.targets', label: 'pool.command_targets', icon: Trophy, visible: seesPool,
      perform: (navigate) => void navigate('/pool/targets'),
    },
    {
      id: 'pool.rounds', label: 'pool.command_rounds', icon: Trophy, visible: seesPool,
      perform: (navigate) => void navigate('/pool/rounds'),
    },
  ],
};
