import { Button } from 'antd';
import { useNavigate } from 'react-router';
import { ENTERED_FOR } from '@/api/entering';
import { useMeta } from '@/api/meta';
import type { Fields } from '@/api/types';
import { useText } from '@/i18n/use-text';
import CreateDrawer from '@/records/create-drawer';
import styles from '../dossier.module.css';

type Kind = Readonly<{ label: string; object: string; names: readonly string[]; given?: Fields }>;

/** What else is noted on the way, each in the few fields that it needs there. */
const KINDS: Readonly<Record<string, Kind>> = {
  call: {
    label: 'dossier.quick_call', object: 'visit', given: { kind: 'call', state: 'done' },
    names: ['account', 'subject', 'content', 'progress', 'done_at', 'files'],
  },
  complaint: {
    label: 'dossier.quick_complaint', object: 'complaint',
    names: ['account', 'content', 'severity', 'channel', 'contact', 'files'],
  },
  promise: {
    label: 'dossier.quick_promise', object: 'promise',
    names: ['account', 'content', 'due_on', 'made_to'],
  },
  receipt: {
    label: 'dossier.quick_receipt', object: 'payment_node',
    names: ['contract', 'kind', 'amount', 'due_on'],
  },
  itinerary: {
    label: 'dossier.quick_itinerary', object: 'itinerary',
    names: [
      'contact', 'user', 'from_city', 'to_city', 'starts_at', 'ends_at', 'transport',
      'transport_number', 'hotel', 'purpose',
    ],
  },
};
/** Not a record of one kind: a text that is looked through for several. */
export const PASTE = 'paste';

function useMayCreate(): (object: string) => boolean {
  const { objects } = useMeta();
  return (name) => objects.find(({ api_name }) => api_name === name)?.rights.create ?? false;
}

export function KindButtons({ kind, onKind }: Readonly<{
  kind: string; onKind: (kind: string) => void;
}>) {
  const { t } = useText();
  const mayCreate = useMayCreate();
  const shown = Object.entries(KINDS).filter(([, { object }]) => mayCreate(object));
  return (
    <nav className={styles.dates} aria-label={t('dossier.quick_else')}>
      {shown.map(([key, { label }]) => (
        <Button
          key={key}
          onClick={() => {
            onKind(key);
          }}
        >
          {t(label)}
        </Button>
      ))}
      <Button
        type={kind === PASTE ? 'primary' : 'default'} aria-pressed={kind === PASTE}
        onClick={() => {
          onKind(kind === PASTE ? '' : PASTE);
        }}
      >
        {t('dossier.quick_paste')}
      </Button>
    </nav>
  );
}

/** The form of the kind that is asked for. */
export function KindForm({ kind, account, manager, onClose }: Readonly<{
  kind: string; account: string; manager: string; onClose: () => void;
}>) {
  const { objects } = useMeta();
  const navigate = useNavigate();
  const chosen = KINDS[kind];
  const object = objects.find(({ api_name }) => api_name === chosen?.object);
  if (!chosen || !object) return null;
  const takesAccount = account !== '' && chosen.names.includes('account');
  return (
    <CreateDrawer
      object={object} names={chosen.names} onClose={onClose}
      given={{
        ...chosen.given, ...(takesAccount ? { account } : {}),
        ...(manager === '' ? {} : { [ENTERED_FOR]: manager }),
      }}
      onMade={() => void navigate('/')}
    />
  );
}
