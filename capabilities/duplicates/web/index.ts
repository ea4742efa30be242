import { Combine } from 'lucide-react';
import type { Meta } from '@/api/types';
import type { Feature } from '@/feature';

function mayMerge(meta: Meta): boolean {
  const rights = meta.objects.find((object) => object.api_name === 'account')?.rights;
  return rights !== undefined && rights.update && rights.delete;
}

export const feature: Feature = {
  id: 'duplicates',
  routes: [{ path: '/duplicates', load: () => import('./duplicates-page') }],
  navigation: [
    {
      path: '/duplicates', label: 'duplicates.nav', icon: Combine, section: 'tools', order: 116,
      visible: mayMerge,
    },
  ],
};
