import { useObjectMeta } from '@/api/meta';
import CreateDrawer from '@/records/create-drawer';
import { useRefreshMap } from './map-api';

const NAMES = [
  'name', 'salutation', 'title', 'department_name', 'layer', 'function', 'phone', 'wechat', 'email',
];

/** Somebody more of theirs; a surname alone is enough. */
export default function NewPerson({ account, onClose }: Readonly<{
  account: string; onClose: () => void;
}>) {
  const contact = useObjectMeta('contact');
  const refresh = useRefreshMap();
  if (!contact) return null;
  return (
    <CreateDrawer
      object={contact} names={NAMES} given={{ account }} onClose={onClose}
      onMade={() => {
        void refresh();
        onClose();
      }}
    />
  );
}
