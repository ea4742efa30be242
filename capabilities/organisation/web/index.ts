import { ScrollText, ShieldCheck, Users } from 'lucide-react';
import type { Meta } from '@/api/types';
import type { Feature } from '@/feature';

function sees(meta: Meta, object: string): boolean {
  return meta.objects.some((one) => one.api_name === object && one.rights.read);
}

export const feature: Feature = {
  id: 'organisation',
  routes: [
    { path: '/people', load: () => import('./people/people-page') },
    { path: '/roles', load: () => import('./roles/roles-page') },
    { path: '/roles/:key', load: () => import('./roles/role-page') },
    { path: '/audit', load: () => import('./audit/audit-page') },
  ],
  navigation: [
    {
      path: '/people', label: 'people.nav', icon: Users, section: 'tools', order: 122,
      visible: (meta) => sees(meta, 'user'),
    },
    {
      path: '/roles', label: 'roles.nav', icon: ShieldCheck, section: 'tools', order: 124,
      visible: (meta) => sees(meta, 'role'),
    },
    {
      path: '/audit', label: 'audit.nav', icon: ScrollText, section: 'tools', order: 126,
      visible: (meta) => meta.user.reads_audit,
    },
  ],
};
