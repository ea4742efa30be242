import { Input } from 'antd';
import { labelOf, useMeta, useObjectMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { formatMoney } from '@/lib/money';
import type { OpenItem } from './claims-api';
import { isWrong, partText } from './parts';
import type { Typed } from './parts';
import styles from './receivables.module.css';

type Props = Readonly<{
  items: readonly OpenItem[]; typed: Typed; onType: (typed: Typed) => void;
}>;

/** What the account owes, the oldest due first, each with the part that settles it. */
export function OpenItems({ items, typed, onType }: Props) {
  const { t } = useText();
  if (items.length === 0) return <p className="faint">{t('receivables.nothing_open')}</p>;
  return (
    <>
      <h3 className={styles.subtitle}>{t('receivables.settles')}</h3>
      <ul className={styles.list}>
        {items.map((item) => (
          <Item
            key={item.id} item={item} text={partText(item, typed)}
            onType={(text) => {
              onType({ ...typed, [item.id]: text });
            }}
          />
        ))}
      </ul>
    </>
  );
}

/** The label of an option of a select field. */
function useOption(object: string, field: string) {
  const { language } = useText();
  const options = useObjectMeta(object)?.fields.find((one) => one.api_name === field)?.options;
  return (key: string) => {
    const option = options?.find((one) => one.key === key);
    return option ? labelOf(option.label, language, key) : key;
  };
}

function Item({ item, text, onType }: Readonly<{
  item: OpenItem; text: string; onType: (text: string) => void;
}>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const kindOf = useOption('payment_node', 'kind');
  const dueBy = useOption('invoice', 'due_by');
  const name = item.kind === 'invoice' ? item.number : kindOf(item.number);
  const due = item.due_on === null
    ? (item.due_by && dueBy(item.due_by)) ?? t('receivables.no_due_day')
    : t('receivables.due', { day: item.due_on });
  return (
    <li className={styles.entry}>
      <span className={styles.who}>
        <span>{name}</span>
        <span className={styles.details}>
          {due}
          {' · '}
          {t('receivables.open', { amount: formatMoney(item.open, workspace.currency) })}
        </span>
      </span>
      <Input
        className={styles.part} inputMode="decimal" value={text} placeholder="0"
        aria-label={t('receivables.part_of', { name })}
        status={isWrong(item, text) ? 'error' : ''}
        onChange={(event) => {
          onType(event.target.value);
        }}
      />
    </li>
  );
}
