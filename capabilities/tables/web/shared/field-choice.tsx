import { Select } from 'antd';
import { labelOf } from '@/api/meta';
import type { FieldMeta } from '@/api/types';
import { useText } from '@/i18n/use-text';

type Props = Readonly<{
  label: string; fields: readonly FieldMeta[]; value: string | undefined;
  none?: string; onChange: (name: string | undefined) => void;
}>;

const NONE = '';

/** Chooses the field that a view is built on. */
export function FieldChoice({ label, fields, value, none, onChange }: Props) {
  const { language } = useText();
  return (
    <Select
      size="small" variant="filled" aria-label={label} prefix={label} value={value ?? NONE}
      popupMatchSelectWidth={false} showSearch={{ optionFilterProp: 'label' }}
      options={[
        ...(none === undefined ? [] : [{ value: NONE, label: none }]),
        ...fields.map((field) => ({
          value: field.api_name, label: labelOf(field.label, language, field.api_name),
        })),
      ]}
      onChange={(next) => {
        onChange(next === NONE ? undefined : next);
      }}
    />
  );
}
