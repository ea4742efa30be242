import { Building2, Plus } from 'lucide-react';
import type { Feature } from '@/feature';
import type { Meta } from '@/api/types';

function may(meta: Meta, right: 'read' | 'create'): boolean {
  return meta.objects.find((object) => object.api_name === 'account')?.rights[right] ?? false;
}

export const feature: Feature = {
  id: 'accounts',
  routes: [
    { path: '/accounts', load: () => import('./accounts-page') },
  ],
  navigation: [
    {
      path: '/accounts', label: 'accounts.nav', icon: Building2, section: 'cycle', order: 30,
      phone: true, visible: (meta) => may(meta, 'read'),
    },
  ],
  commands: [
    {
      id: 'accounts.create', label: 'accounts.create', icon: Plus,
      visible: (meta) => may(meta, 'create'),
      perform: (navigate) => void navigate('/accounts?new=1'),
    },
  ],
};
