import { useQuery } from '@tanstack/react-query';
import { Checkbox } from 'antd';
import { useObjectMeta } from '@/api/meta';
import type { SaidMessage } from '@/api/people';
import { noteSaidAt, openMessages } from '@/api/people';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { MessageNote } from '@/records/message-list';
import styles from '../dossier.module.css';

/** What was to be said to the people of the account: one tap notes that it was. */
export function Said({ account, said, onChange }: Readonly<{
  account: string; said: readonly SaidMessage[];
  onChange: (said: readonly SaidMessage[]) => void;
}>) {
  const { t } = useText();
  const object = useObjectMeta('contact_message');
  const found = useQuery({
    ...openMessages({ op: 'eq', field: 'contact.account', value: account }),
    enabled: account !== '' && object?.rights.update === true,
  });
  const messages = found.data?.records ?? [];
  if (account === '' || messages.length === 0) return null;
  return (
    <fieldset className={styles.said}>
      <legend>{t('dossier.prepare_said')}</legend>
      {messages.map((row) => (
        <Checkbox
          key={row.id} checked={said.some(({ id }) => id === row.id)}
          onChange={({ target }) => {
            const others = said.filter(({ id }) => id !== row.id);
            const visit = asText(row.fields.visit) || null;
            onChange(target.checked ? [...others, { id: row.id, visit }] : others);
          }}
        >
          {asText(row.fields['contact.name'])}：{asText(row.fields.text)}
          {' '}<MessageNote row={row} />
        </Checkbox>
      ))}
    </fieldset>
  );
}

/** Each on its own: the visit is reported whatever comes of one of them. */
export async function keepSaid(said: readonly SaidMessage[], day: string, visit: string) {
  await Promise.allSettled(said.map((one) => noteSaidAt(one, day, visit)));
}
