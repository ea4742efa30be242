import { FileUp } from 'lucide-react';
import type { Feature } from '@/feature';
import type { Meta } from '@/api/types';

function mayImport(meta: Meta): boolean {
  return meta.objects.some((object) => object.rights.import);
}

export const feature: Feature = {
  id: 'imports',
  routes: [
    { path: '/import', load: () => import('./start-page') },
    { path: '/import/:id', load: () => import('./job-page') },
  ],
  navigation: [
    {
      path: '/import', label: 'imports.nav', icon: FileUp, section: 'tools', order: 120,
      phone: true, visible: mayImport,
    },
  ],
  commands: [
    {
      id: 'imports.start', label: 'imports.command', icon: FileUp, visible: mayImport,
      perform: (navigate) => void navigate('/import'),
    },
  ],
};
