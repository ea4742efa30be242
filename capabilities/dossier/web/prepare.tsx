import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { fieldOf, labelOf, useObjectMeta } from '@/api/meta';
import { concernsIn, concernsOf, openMessages } from '@/api/people';
import type { RecordRow } from '@/api/types';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { MessageList } from '@/records/message-list';
import { Panel } from '@/ui/page';
import type { Dossier, Row } from './dossier-api';
import { fieldText } from './dossier-api';
import styles from './dossier.module.css';

/** Before a meeting: what each of theirs cares about, and what we mean to say to him. */
export default function Prepare({ dossier }: Readonly<{ dossier: Dossier }>) {
  const { t, language } = useText();
  const object = useObjectMeta('contact_message');
  const account = dossier.account.id;
  const concerns = useQuery(concernsIn(language));
  const found = useQuery({
    ...openMessages({ op: 'eq', field: 'contact.account', value: account }),
    enabled: object?.rights.read === true,
  });
  const messages = found.data?.records ?? [];
  if (dossier.people.length === 0) return null;
  const of = (person: Row) => (
    messages.filter(({ fields }) => asText(fields.contact) === person.id)
  );
  // To whom something is to be said, then whoever decides.
  const people = [...dossier.people].sort((left, right) => (
    Number(of(right).length > 0) - Number(of(left).length > 0)
    || fieldText(left, 'layer').localeCompare(fieldText(right, 'layer'))
  ));
  return (
    <Panel
      title={t('dossier.prepare')}
      tools={<Link to={`/accounts/${account}/map`}>{t('dossier.power_map')}</Link>}
    >
      {people.map((person) => (
        <Person
          key={person.id} person={person}
          concerns={concernsOf(concerns.data?.concerns ?? [], person.fields)}
          messages={of(person)}
        />
      ))}
    </Panel>
  );
}

function Person({ person, concerns, messages }: Readonly<{
  person: Row; concerns: ReturnType<typeof concernsOf>; messages: readonly RecordRow[];
}>) {
  const { t, language } = useText();
  const object = useObjectMeta('person_concern');
  const named = (name: string) => {
    const option = object && fieldOf(object, 'person_class')?.options
      ?.find(({ key }) => key === name);
    return option ? labelOf(option.label, language, name) : name;
  };
  return (
    <details className={styles.prepare} open={messages.length > 0}>
      <summary>
        <b>{fieldText(person, 'name')}</b>
        <span className="faint">{fieldText(person, 'title')}</span>
        {messages.length > 0 && (
          <span className={styles.chipStrong}>
            {t('dossier.prepare_open', { n: messages.length })}
          </span>
        )}
      </summary>
      <MessageList messages={messages} />
      {concerns.map((one) => (
        <p key={one.class} className={styles.concern}>
          <span className="faint">{named(one.class)} </span>{one.text}
        </p>
      ))}
    </details>
  );
}
