import { Button, Segmented, Select } from 'antd';
import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { fieldOf, labelOf } from '@/api/meta';
import type { ObjectMeta, SortKey } from '@/api/types';
import { widgetOf } from '@/fields/widgets';
import { useText } from '@/i18n/use-text';
import { allFields } from '@/records/list-state';
import { BUCKETS } from '../views/definition';
import type { Bucket, GroupKey } from '../views/definition';
import type { OpenView } from '../views/use-view';
import styles from './toolbar.module.css';

type Props = Readonly<{ object: ObjectMeta; view: OpenView }>;

const MOST_SORTS = 5;
const MOST_GROUP_LEVELS = 3;

const BUCKET_TEXTS: Readonly<Record<Bucket, string>> = {
  day: 'tables.by_day', week: 'tables.by_week', month: 'tables.by_month',
  quarter: 'tables.by_quarter', year: 'tables.by_year',
};

export function groupable(object: ObjectMeta) {
  return allFields(object).filter((field) => field.sensitivity !== 'personal' && !field.many
    && !['long_text', 'json', 'attachment', 'multi_select', 'url'].includes(field.type));
}

function useChoices(object: ObjectMeta, forGroups: boolean) {
  const { language } = useText();
  const fields = forGroups ? groupable(object) : allFields(object).filter(
    (field) => widgetOf(field.type).sortable && field.sensitivity !== 'personal',
  );
  return fields.map((field) => ({
    value: field.api_name, label: labelOf(field.label, language, field.api_name),
  }));
}

type KeyListProps<K> = Readonly<{
  keys: readonly K[];
  choices: readonly Readonly<{ value: string; label: string }>[];
  most: number;
  addText: string;
  /** The key of this field, instead of the one before. */
  keyOf: (field: string, before?: K) => K;
  onChange: (keys: readonly K[]) => void;
  /** What else a key says. */
  detail: (key: K, change: (key: K) => void) => ReactNode;
}>;

/** Fields in their order, each once. */
function KeyList<K extends Readonly<{ field: string }>>(props: KeyListProps<K>) {
  const { keys, choices, most, addText, keyOf, onChange, detail } = props;
  const { t } = useText();
  const taken = new Set(keys.map((key) => key.field));
  const free = choices.find(({ value }) => !taken.has(value));
  return (
    <>
      {keys.map((key, at) => {
        const change = (next: K) => {
          onChange(keys.map((one, here) => (here === at ? next : one)));
        };
        return (
          <div key={key.field} className={styles.key}>
            <Select
              className={styles.keyField} aria-label={t('tables.field')} value={key.field}
              options={choices.filter(({ value }) => value === key.field || !taken.has(value))}
              showSearch={{ optionFilterProp: 'label' }}
              onChange={(field) => {
                change(keyOf(field, key));
              }}
            />
            {detail(key, change)}
            <Button
              type="text" size="small" icon={<X size={14} />} aria-label={t('filter.remove')}
              onClick={() => {
                onChange(keys.filter((_, here) => here !== at));
              }}
            />
          </div>
        );
      })}
      <Button
        type="text" size="small" icon={<Plus size={14} />}
        disabled={!free || keys.length >= most}
        onClick={() => {
          if (free) onChange([...keys, keyOf(free.value)]);
        }}
      >
        {addText}
      </Button>
    </>
  );
}

export function SortPanel({ object, view }: Props) {
  const { t } = useText();
  return (
    <div className={styles.panel}>
      <KeyList<SortKey>
        keys={view.definition.sort ?? []} choices={useChoices(object, false)} most={MOST_SORTS}
        addText={t('tables.add_sort')}
        keyOf={(field, before) => ({ field, dir: before?.dir ?? 'asc' })}
        onChange={(sort) => {
          view.change({ sort });
        }}
        detail={(key, change) => (
          <Segmented<'asc' | 'desc'>
            value={key.dir ?? 'asc'}
            options={[
              { value: 'asc', label: t('tables.asc') }, { value: 'desc', label: t('tables.desc') },
            ]}
            onChange={(dir) => {
              change({ ...key, dir });
            }}
          />
        )}
      />
    </div>
  );
}

type KeysProps = Readonly<{
  object: ObjectMeta; keys: readonly GroupKey[]; most?: number;
  onChange: (keys: readonly GroupKey[]) => void;
}>;

/** Fields to group by, days in buckets. */
export function GroupKeys({ object, keys, most = MOST_GROUP_LEVELS, onChange }: KeysProps) {
  const { t } = useText();
  const isDay = (name: string) => ['date', 'datetime'].includes(fieldOf(object, name)?.type ?? '');
  return (
    <KeyList<GroupKey>
      keys={keys} choices={useChoices(object, true)} most={most} addText={t('tables.add_group')}
      keyOf={(field) => (isDay(field) ? { field, bucket: 'month' } : { field })}
      onChange={onChange}
      detail={(key, change) => isDay(key.field) && (
        <Select<Bucket>
          className={styles.bucket} aria-label={t('tables.bucket')} value={key.bucket ?? 'day'}
          options={BUCKETS.map((value) => ({ value, label: t(BUCKET_TEXTS[value]) }))}
          onChange={(bucket) => {
            change({ ...key, bucket });
          }}
        />
      )}
    />
  );
}

export function GroupPanel({ object, view }: Props) {
  return (
    <div className={styles.panel}>
      <GroupKeys
        object={object} keys={view.definition.group ?? []}
        onChange={(group) => {
          view.change({ group });
        }}
      />
    </div>
  );
}
