import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { X } from 'lucide-react';
import { recordQuery } from '@/api/records';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { PersonSelect } from './people';
import styles from './handover.module.css';

export type SplitDraft = Readonly<{ to: string; accounts: readonly string[] }>;

const MOST_ACCOUNTS = 500;

type Props = Readonly<{
  from: string; split: SplitDraft; place: number; onChange: (next: SplitDraft | null) => void;
}>;

/** Some of his accounts, and who takes them over instead. */
export function SplitForm({ from, split, place, onChange }: Props) {
  const { t } = useText();
  const found = useQuery(recordQuery('account', {
    select: ['name', 'code'], where: { op: 'eq', field: 'owner', value: from },
    sort: [{ field: 'name', dir: 'asc' }], page: { limit: MOST_ACCOUNTS },
  }));
  const label = t('handover.split_accounts', { place: String(place) });
  return (
    <div className={styles.split}>
      <Select
        mode="multiple" aria-label={label} placeholder={label} value={[...split.accounts]}
        loading={found.isFetching} style={{ width: '100%' }}
        showSearch={{ optionFilterProp: 'label' }}
        options={(found.data?.records ?? []).map(({ id, fields }) => ({
          value: id, label: asText(fields.name) || asText(fields.code) || id,
        }))}
        onChange={(accounts: string[]) => {
          onChange({ ...split, accounts });
        }}
      />
      <PersonSelect
        id={`handover-split-${place}`} label={t('handover.split_to', { place: String(place) })}
        value={split.to} active
        onChange={(to) => {
          onChange({ ...split, to });
        }}
      />
      <Button
        type="text" aria-label={t('handover.remove_split')} icon={<X size={14} aria-hidden />}
        onClick={() => {
          onChange(null);
        }}
      />
    </div>
  );
}
