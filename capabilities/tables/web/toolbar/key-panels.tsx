import { Button, Segmented, Select } from 'antd';
import { Plus, X } from 'lucide-react';
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

export function SortPanel({ object, view }: Props) {
  const { t } = useText();
  const keys = view.definition.sort ?? [];
  const choices = useChoices(object, false);
  const change = (sort: readonly SortKey[]) => {
    view.change({ sort });
  };
  const free = choices.find(({ value }) => !keys.some((key) => key.field === value));
  return (
    <div className={styles.panel}>
      {keys.map((key, at) => (
        <div key={key.field} className={styles.key}>
          <Select
            className={styles.keyField} aria-label={t('tables.field')} value={key.field}
            options={choices} showSearch={{ optionFilterProp: 'label' }}
            onChange={(field) => {
              change(keys.map((one, here) => (here === at ? { ...one, field } : one)));
            }}
          />
          <Segmented<'asc' | 'desc'>
            value={key.dir ?? 'asc'}
            options={[
              { value: 'asc', label: t('tables.asc') }, { value: 'desc', label: t('tables.desc') },
            ]}
            onChange={(dir) => {
              change(keys.map((one, here) => (here === at ? { ...one, dir } : one)));
            }}
          />
          <RemoveKey
            onRemove={() => {
              change(keys.filter((_, here) => here !== at));
            }}
          />
        </div>
      ))}
      <Button
        type="text" size="small" icon={<Plus size={14} />}
        disabled={!free || keys.length >= MOST_SORTS}
        onClick={() => {
          if (free) change([...keys, { field: free.value, dir: 'asc' }]);
        }}
      >
        {t('tables.add_sort')}
      </Button>
    </div>
  );
}

function RemoveKey({ onRemove }: Readonly<{ onRemove: () => void }>) {
  const { t } = useText();
  return (
    <Button
      type="text" size="small" icon={<X size={14} />} aria-label={t('filter.remove')}
      onClick={onRemove}
    />
  );
}

type KeysProps = Readonly<{
  object: ObjectMeta; keys: readonly GroupKey[]; most?: number;
  onChange: (keys: readonly GroupKey[]) => void;
}>;

/** Fields to group by, days in buckets. */
export function GroupKeys({ object, keys, most = MOST_GROUP_LEVELS, onChange }: KeysProps) {
  const { t } = useText();
  const choices = useChoices(object, true);
  const free = choices.find(({ value }) => !keys.some((key) => key.field === value));
  const isDay = (name: string) => ['date', 'datetime'].includes(fieldOf(object, name)?.type ?? '');
  const keyOf = (field: string): GroupKey => (
    isDay(field) ? { field, bucket: 'month' } : { field }
  );
  return (
    <>
      {keys.map((key, at) => (
        <div key={key.field} className={styles.key}>
          <Select
            className={styles.keyField} aria-label={t('tables.field')} value={key.field}
            options={choices} showSearch={{ optionFilterProp: 'label' }}
            onChange={(field) => {
              onChange(keys.map((one, here) => (here === at ? keyOf(field) : one)));
            }}
          />
          {isDay(key.field) && (
            <Select<Bucket>
              className={styles.bucket} aria-label={t('tables.bucket')} value={key.bucket ?? 'day'}
              options={BUCKETS.map((value) => ({ value, label: t(BUCKET_TEXTS[value]) }))}
              onChange={(bucket) => {
                onChange(keys.map((one, here) => (here === at ? { ...one, bucket } : one)));
              }}
            />
          )}
          <RemoveKey
            onRemove={() => {
              onChange(keys.filter((_, here) => here !== at));
            }}
          />
        </div>
      ))}
      <Button
        type="text" size="small" icon={<Plus size={14} />}
        disabled={!free || keys.length >= most}
        onClick={() => {
          if (free) onChange([...keys, keyOf(free.value)]);
        }}
      >
        {t('tables.add_group')}
      </Button>
    </>
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
