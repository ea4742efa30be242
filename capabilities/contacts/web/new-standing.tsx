import { useObjectMeta } from '@/api/meta';
import CreateDrawer from '@/records/create-drawer';
import type { MapPerson, PowerMap } from './map-api';
import { useRefreshMap } from './map-api';

const NAMES = [
  'buying_role', 'support', 'influence', 'attitude', 'reaction_mode', 'evidence', 'as_of',
  'coverage', 'challenge', 'interest_organisational', 'interest_personal',
];
const KEPT = ['buying_role', 'influence', 'reaction_mode', 'coverage'] as const;

/** A new opinion beside the old ones; what seldom changes begins as it was. */
export default function NewStanding({ map, person, onClose }: Readonly<{
  map: PowerMap; person: MapPerson; onClose: () => void;
}>) {
  const object = useObjectMeta('contact_standing');
  const refresh = useRefreshMap();
  if (!object) return null;
  const before = person.standing?.fields;
  const kept = Object.fromEntries(KEPT.flatMap((name) => (
    before?.[name] === undefined || before[name] === null ? [] : [[name, before[name]]]
  )));
  return (
    <CreateDrawer
      object={object} names={NAMES} onClose={onClose}
      given={{
        ...kept, contact: person.id, as_of: map.day,
        ...(map.opportunity === null ? {} : { opportunity: map.opportunity }),
      }}
      onMade={() => {
        void refresh();
        onClose();
      }}
    />
  );
}
