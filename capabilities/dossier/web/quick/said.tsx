import { useQuery } from '@tanstack/react-query';
import { Checkbox } from 'antd';
import { useObjectMeta } from '@/api/meta';
import { noteSaid, openMessages } from '@/api/people';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { MessageNote } from '@/records/message-list';
import styles from '../dossier.module.css';

/** What was to be said to the people of the account: one tap notes that it was. */
export function Said({ account, said, onChange }: Readonly<{
  account: string; said: readonly string[]; onChange: (said: readonly string[]) => void;
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
          key={row.id} checked={said.includes(row.id)}
          onChange={({ target }) => {
            onChange(target.checked ? [...said, row.id] : said.filter((one) => one !== row.id));
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
export async function keepSaid(said: readonly string[], day: string, visit: string): Promise<void> {
  await Promise.allSettled(said.map((id) => noteSaid(id, day, null, visit)));
}
