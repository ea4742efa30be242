import { HandCoins } from 'lucide-react';
import type { Meta } from '@/api/types';
import type { Feature } from '@/feature';

function mayClaim(meta: Meta): boolean {
  const rightsTo = (name: string) => (
    meta.objects.find((object) => object.api_name === name)?.rights
  );
  return rightsTo('payment')?.update === true && rightsTo('payment_allocation')?.create === true;
}

export const feature: Feature = {
  id: 'receivables',
  routes: [{ path: '/receipts', load: () => import('./receipts-page') }],
  navigation: [
    {
      path: '/receipts', label: 'receivables.nav', icon: HandCoins, section: 'tools', order: 112,
      visible: mayClaim,
    },
  ],
};
