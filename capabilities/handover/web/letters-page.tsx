import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { Printer } from 'lucide-react';
import { useState } from 'react';
import { useParams } from 'react-router';
import { useMeta } from '@/api/meta';
import { recordQuery } from '@/api/records';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { formatDateTime, todayIn } from '@/lib/dates';
import { Page } from '@/ui/page';
import { Failed, PageSkeleton } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import { Back } from './back';
import { briefQuery, handoverQuery } from './handover-api';
import type { Brief } from './handover-api';
import { dayInWords, greetingOf, paragraphsOf } from './letter';
import type { Letter } from './letter';
import { usePeople } from './people';
import styles from './handover.module.css';

type Account = Brief['accounts'][number];
type Parties = Pick<Letter, 'day' | 'from' | 'to' | 'title' | 'phone' | 'email'>;

/** A letter for every customer that goes to a successor: looked through, changed, printed. */
export default function LettersPage() {
  const { t, language } = useText();
  const { id = '' } = useParams();
  const [params, change] = useUrlState();
  const { workspace } = useMeta();
  const found = useQuery(handoverQuery(id));
  const fields = found.data?.fields;
  const user = params.get('to') ?? fields?.successors[0] ?? '';
  const brief = useQuery({ ...briefQuery(id, user), enabled: user !== '' });
  const successor = useQuery({
    ...recordQuery('user', {
      select: ['name', 'title', 'phone', 'email'], where: { op: 'eq', field: 'id', value: user },
    }),
    enabled: user !== '',
  });
  const name = usePeople(fields ? [fields.from, ...fields.successors] : []);
  const failed = [found, brief, successor].find(({ isError }) => isError);
  if (failed) return <Failed error={failed.error} retry={() => void failed.refetch()} />;
  if (!fields || !brief.data || !successor.data) return <PageSkeleton />;
  const person = successor.data.records[0]?.fields;
  const at = fields.executed_at ?? fields.execute_at;
  const day = at ? formatDateTime(at, workspace.time_zone) : todayIn(workspace.time_zone);
  const parties: Parties = {
    day: dayInWords(day.slice(0, 10), language),
    from: name(fields.from), to: name(user), title: asText(person?.title),
    phone: asText(person?.phone), email: asText(person?.email),
  };
  return (
    <Page
      narrow title={t('handover.letters')} note={t('handover.letters_note')}
      above={<Back to={`/handover/${id}`} />}
      tools={(
        <>
          {fields.successors.length > 1 && (
            <Select
              aria-label={t('handover.to')} value={user} style={{ minWidth: 140 }}
              options={fields.successors.map((one) => ({ value: one, label: name(one) }))}
              onChange={(to) => {
                change({ to });
              }}
            />
          )}
          <Button
            type="primary" icon={<Printer size={15} aria-hidden />}
            onClick={() => {
              window.print();
            }}
          >
            {t('handover.letters_print')}
          </Button>
        </>
      )}
    >
      {brief.data.accounts.length === 0 && (
        <p className={styles.empty}>{t('handover.no_accounts')}</p>
      )}
      {brief.data.accounts.length > 0 && (
        <div className={styles.sheets}>
          {brief.data.accounts.map((account) => (
            <Sheet key={account.id} account={account} parties={parties} />
          ))}
        </div>
      )}
    </Page>
  );
}

// Who decides is written to first.
const LAYERS = ['deciding', 'managing', 'operating'];

function Sheet({ account, parties }: Readonly<{ account: Account; parties: Parties }>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const rank = (layer: string | null) => (
    layer === null ? LAYERS.length : LAYERS.indexOf(layer)
  );
  const contacts = [...account.contacts].sort((a, b) => rank(a.layer) - rank(b.layer));
  const [chosen, choose] = useState(contacts[0]?.id ?? '');
  const contact = contacts.find(({ id }) => id === chosen);
  const name = account.name ?? account.code ?? t('value.unnamed');
  const letter: Letter = {
    ...parties, account: name, contact: contact?.name ?? '', salutation: contact?.salutation ?? '',
  };
  return (
    <section className={styles.sheet} aria-label={name}>
      <div className={styles.sheetHead}>
        <span className={styles.name}>{name}</span>
        <Select
          size="small" aria-label={t('handover.letters_to', { name })} value={chosen}
          style={{ minWidth: 160 }} onChange={choose}
          options={[
            ...contacts.map((one) => ({ value: one.id, label: one.name ?? t('value.unnamed') })),
            { value: '', label: t('handover.letter_nobody') },
          ]}
        />
      </div>
      <article
        key={chosen} className={styles.letter} contentEditable suppressContentEditableWarning
        aria-label={`${t('handover.letter_title')}: ${name}`} role="textbox" aria-multiline
        tabIndex={0}
      >
        <h2>{t('handover.letter_title')}</h2>
        <p>{greetingOf(letter, t)}</p>
        {paragraphsOf(letter, t).map((text) => <p key={text}>{text}</p>)}
        <p className={styles.signed}>
          {workspace.name}
          <br />
          {parties.day}
        </p>
      </article>
    </section>
  );
}
