import { Button, Checkbox, Popover } from 'antd';
import { Columns3 } from 'lucide-react';
import { labelOf } from '@/api/meta';
import type { FieldMeta, ObjectMeta } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { allFields } from './list-state';
import styles from './records.module.css';

type Props = Readonly<{
  object: ObjectMeta;
  shown: readonly FieldMeta[];
  onChange: (names: readonly string[]) => void;
  onReset: () => void;
}>;

export function ColumnPicker({ object, shown, onChange, onReset }: Props) {
  const { t, language } = useText();
  const choices = allFields(object).filter((field) => field.api_name !== object.primary_field);
  const selected = shown.map((field) => field.api_name)
    .filter((name) => name !== object.primary_field);
  const content = (
    <div className={styles.picker}>
      <Checkbox.Group
        value={selected}
        options={choices.map((field) => ({
          value: field.api_name, label: labelOf(field.label, language, field.api_name),
        }))}
        onChange={(names) => {
          onChange(names.map(String));
        }}
      />
      <Button size="small" type="text" onClick={onReset}>{t('list.columns_reset')}</Button>
    </div>
  );
  return (
    <Popover trigger="click" placement="bottomRight" content={content}>
      <Button icon={<Columns3 size={15} aria-hidden />}>{t('list.columns')}</Button>
    </Popover>
  );
}
