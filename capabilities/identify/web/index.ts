import { ChartColumnDecreasing, Crosshair, Gauge, HeartPulse } from 'lucide-react';
import type { Meta } from '@/api/types';
import type { Feature } from '@/feature';

function seesModels(meta: Meta): boolean {
  return meta.objects.some((one) => one.api_name === 'scoring_model' && one.rights.read);
}

export const feature: Feature = {
  id: 'identify',
  routes: [
    { path: '/identify', load: () => import('./abc-page') },
    { path: '/identify/summary', load: () => import('./summary-page') },
    { path: '/identify/lifetime', load: () => import('./lifetime/lifetime-page') },
    { path: '/scoring', load: () => import('./scoring/models-page') },
    { path: '/scoring/criteria', load: () => import('./scoring/criteria-page') },
    { path: '/scoring/:id', load: () => import('./scoring/model-page') },
    { path: '/scoring/accounts/:id', load: () => import('./scoring/score-page') },
  ],
  navigation: [
    {
      path: '/identify', label: 'identify.nav', icon: Crosshair, section: 'cycle', order: 20,
    },
    {
      path: '/scoring', label: 'scoring.nav', icon: Gauge, section: 'cycle', order: 22,
      visible: seesModels,
    },
  ],
  commands: [
    {
      id: 'lifetime', label: 'identify.lifetime_command', icon: HeartPulse,
      perform: (navigate) => void navigate('/identify/lifetime'),
    },
    {
      id: 'identify.abc', label: 'identify.command', icon: ChartColumnDecreasing,
      perform: (navigate) => void navigate('/identify'),
    },
    {
      id: 'scoring.models', label: 'scoring.command', icon: Gauge, visible: seesModels,
      perform: (navigate) => void navigate('/scoring'),
    },
  ],
};
