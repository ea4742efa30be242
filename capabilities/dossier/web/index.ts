import { CalendarRange, FolderOutput, Inbox, Plane, Plus } from 'lucide-react';
import type { Feature } from '@/feature';
import type { Meta } from '@/api/types';

function mayReport(meta: Meta): boolean {
  return meta.objects.find((object) => object.api_name === 'visit')?.rights.create ?? false;
}

function mayTakeCards(meta: Meta): boolean {
  return meta.objects.find((object) => object.api_name === 'day_pack')?.rights.read ?? false;
}

export const feature: Feature = {
  id: 'dossier',
  routes: [
    { path: '/accounts/:id', load: () => import('./account-page') },
    { path: '/causes', load: () => import('./causes-page') },
    { path: '/checks', load: () => import('./checks-page') },
    { path: '/quick', load: () => import('./quick/quick-page') },
    { path: '/inbox', load: () => import('./inbox-page') },
    { path: '/itineraries', load: () => import('./itineraries-page') },
    { path: '/packs', load: () => import('./packs-page') },
    { path: '/packs/:id', load: () => import('./pack-page') },
    { path: '/week', load: () => import('./week-page') },
  ],
  navigation: [
    { path: '/week', label: 'dossier.week', icon: CalendarRange, section: 'cycle', order: 12 },
    {
      path: '/inbox', label: 'dossier.inbox', icon: Inbox, section: 'cycle', order: 16,
      phone: true, badge: () => import('./inbox-badge'),
    },
    {
      path: '/quick', label: 'dossier.quick', icon: Plus, section: 'cycle', order: 14,
      phone: 'centre', visible: mayReport,
    },
    {
      path: '/itineraries', label: 'dossier.itineraries', icon: Plane, section: 'cycle', order: 18,
    },
    {
      path: '/packs', label: 'dossier.packs', icon: FolderOutput, section: 'cycle', order: 17,
      visible: mayTakeCards,
    },
  ],
  account: [
    { key: 'notices', label: 'dossier.notices', load: () => import('./notices') },
  ],
  beside: () => import('./inbox-news'),
  commands: [
    {
      id: 'dossier.quick', label: 'dossier.quick', icon: Plus, visible: mayReport,
      perform: (navigate) => void navigate('/quick'),
    },
  ],
};
