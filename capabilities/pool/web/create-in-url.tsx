import { Button } from 'antd';
import { Plus } from 'lucide-react';
import { lazy, Suspense } from 'react';
import type { ObjectMeta } from '@/api/types';
import { useUrlState } from '@/ui/url-state';

const CreateDrawer = lazy(() => import('@/records/create-drawer'));

/** Opens the drawer of CreateInUrl: that it is open stands in the address. */
export function BeginButton({ label }: Readonly<{ label: string }>) {
  const [, change] = useUrlState();
  return (
    <Button
      type="primary" icon={<Plus size={14} aria-hidden />}
      onClick={() => {
        change({ new: '1' }, { replace: true });
      }}
    >
      {label}
    </Button>
  );
}

type Props = Readonly<{ object: ObjectMeta; names: string[] }>;

/** Where a record of the object is made from these fields. */
export function CreateInUrl({ object, names }: Props) {
  const [params, change] = useUrlState();
  if (params.get('new') !== '1' || !object.rights.create) return null;
  return (
    <Suspense fallback={null}>
      <CreateDrawer
        object={object} names={names}
        onClose={() => {
          change({ new: null }, { replace: true });
        }}
      />
    </Suspense>
  );
}
