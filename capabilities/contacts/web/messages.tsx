import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { MessageSquarePlus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useObjectMeta } from '@/api/meta';
import { openMessages } from '@/api/people';
import { recordQuery } from '@/api/records';
import { useText } from '@/i18n/use-text';
import { MessageList } from '@/records/message-list';
import type { MapPerson, PowerMap } from './map-api';
import { textOf } from './map-api';
import styles from './map.module.css';

const NewMessage = lazy(() => import('./new-message'));

const SHOWN_SAID = 5;

/** What we mean to say to him, and what he was told before. */
export function Messages({ map, person }: Readonly<{ map: PowerMap; person: MapPerson }>) {
  const { t } = useText();
  const object = useObjectMeta('contact_message');
  const [adding, setAdding] = useState(false);
  const his = { op: 'eq', field: 'contact', value: person.id } as const;
  const open = useQuery({ ...openMessages(his), enabled: object?.rights.read === true });
  const said = useQuery({
    ...recordQuery('contact_message', {
      select: ['text', 'delivered_on'],
      where: { op: 'and', args: [his, { op: 'not_empty', field: 'delivered_on' }] },
      sort: [{ field: 'delivered_on', dir: 'desc' }], page: { limit: SHOWN_SAID },
    }),
    enabled: object?.rights.read === true,
  });
  if (!object?.rights.read) return null;
  const messages = open.data?.records ?? [];
  const before = said.data?.records ?? [];
  return (
    <section>
      <h3 className={styles.heading}>{t('people_map.messages')}</h3>
      {messages.length === 0 && <p className="faint">{t('people_map.no_messages')}</p>}
      <MessageList messages={messages} />
      {before.length > 0 && (
        <ul className={styles.plain} aria-label={t('people_map.said_before')}>
          {before.map(({ id, fields }) => (
            <li key={id} className="faint">
              <time className="tabular">{textOf(fields, 'delivered_on')}</time>
              <s className={styles.said}>{textOf(fields, 'text')}</s>
            </li>
          ))}
        </ul>
      )}
      {object.rights.create && (
        <Button
          size="small" icon={<MessageSquarePlus size={14} aria-hidden />}
          onClick={() => {
            setAdding(true);
          }}
        >
          {t('people_map.add_message')}
        </Button>
      )}
      {adding && (
        <Suspense>
          <NewMessage
            map={map} person={person} object={object}
            onClose={() => {
              setAdding(false);
            }}
          />
        </Suspense>
      )}
    </section>
  );
}
