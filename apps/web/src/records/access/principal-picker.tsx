import { LinkEditor } from '@/fields/link-editor';
import { asText } from '@/fields/widget';
import type { FieldMeta } from '@/api/types';

type Props = Readonly<{
  id?: string; kind: 'user' | 'department'; value: string | null; invalid?: boolean;
  onChange: (value: string | null) => void;
}>;

const FIELD: FieldMeta = {
  api_name: 'principal', type: 'user', label: { 'zh-CN': '', en: '' }, required: false,
  unique: false, read_only: false, system: false, editable: true, important: false,
  sensitivity: 'normal',
};

/** Chooses a person or a department; the server searches while one types. */
export function PrincipalPicker({ id, kind, value, invalid, onChange }: Props) {
  return (
    <LinkEditor
      key={kind} id={id} field={{ ...FIELD, type: kind }} value={value} fields={{}}
      invalid={invalid}
      onChange={(next) => {
        onChange(asText(next) || null);
      }}
    />
  );
}
