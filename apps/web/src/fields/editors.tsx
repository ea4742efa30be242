import { DatePicker, Input, InputNumber, Rate, Select, Switch } from 'antd';
import dayjs from 'dayjs';
import { optionLabel, useMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { currencySymbol } from '@/lib/money';
import { asText } from './widget';
import type { EditorProps } from './widget';

function status(invalid: boolean | undefined): 'error' | '' {
  return invalid ? 'error' : '';
}

const INPUT_TYPES: Readonly<Record<string, string>> = { email: 'email', phone: 'tel', url: 'url' };

export function TextEditor({ field, value, id, autoFocus, invalid, onChange }: EditorProps) {
  return (
    <Input
      id={id}
      type={INPUT_TYPES[field.type] ?? 'text'}
      autoFocus={autoFocus}
      status={status(invalid)}
      value={asText(value)}
      onChange={(event) => {
        onChange(event.target.value === '' ? null : event.target.value);
      }}
    />
  );
}

export function LongTextEditor({ value, id, autoFocus, invalid, onChange }: EditorProps) {
  return (
    <Input.TextArea
      id={id}
      autoFocus={autoFocus}
      status={status(invalid)}
      autoSize={{ minRows: 2, maxRows: 10 }}
      value={asText(value)}
      onChange={(event) => {
        onChange(event.target.value === '' ? null : event.target.value);
      }}
    />
  );
}

export function IntegerEditor({ value, id, autoFocus, invalid, onChange }: EditorProps) {
  return (
    <InputNumber<number>
      id={id}
      autoFocus={autoFocus}
      status={status(invalid)}
      precision={0}
      value={typeof value === 'number' ? value : null}
      onChange={onChange}
      style={{ width: '100%' }}
    />
  );
}

/** Decimals stay strings from the key press to the server. */
export function DecimalEditor({ field, value, id, autoFocus, invalid, onChange }: EditorProps) {
  const { workspace } = useMeta();
  const prefix = field.type === 'money' ? currencySymbol(workspace.currency) : undefined;
  const suffix = field.type === 'percent' ? '%' : undefined;
  return (
    <InputNumber<string>
      id={id}
      stringMode
      autoFocus={autoFocus}
      status={status(invalid)}
      prefix={prefix}
      suffix={suffix}
      value={value === null || value === undefined ? null : asText(value)}
      onChange={(next) => {
        onChange(next === null ? null : String(next));
      }}
      style={{ width: '100%' }}
    />
  );
}

export function BooleanEditor({ value, id, autoFocus, onChange }: EditorProps) {
  return <Switch id={id} autoFocus={autoFocus} checked={value === true} onChange={onChange} />;
}

export function DateEditor({ value, id, autoFocus, invalid, onChange }: EditorProps) {
  const text = asText(value);
  return (
    <DatePicker
      id={id}
      autoFocus={autoFocus}
      status={status(invalid)}
      value={text === '' ? null : dayjs(text)}
      onChange={(day) => {
        onChange(day ? day.format('YYYY-MM-DD') : null);
      }}
      style={{ width: '100%' }}
    />
  );
}

export function DateTimeEditor({ value, id, autoFocus, invalid, onChange }: EditorProps) {
  const text = asText(value);
  return (
    <DatePicker
      id={id}
      showTime={{ format: 'HH:mm' }}
      format="YYYY-MM-DD HH:mm"
      autoFocus={autoFocus}
      status={status(invalid)}
      value={text === '' ? null : dayjs(text)}
      onChange={(moment) => {
        onChange(moment ? moment.toDate().toISOString() : null);
      }}
      style={{ width: '100%' }}
    />
  );
}

export function SelectEditor({ field, value, id, autoFocus, invalid, onChange }: EditorProps) {
  const { language } = useText();
  const options = (field.options ?? []).map((option) => ({
    value: option.key, label: optionLabel(option, language),
  }));
  return (
    <Select
      id={id}
      autoFocus={autoFocus}
      status={status(invalid)}
      allowClear={!field.required}
      showSearch={{ optionFilterProp: 'label' }}
      mode={field.type === 'multi_select' ? 'multiple' : undefined}
      options={options}
      value={value ?? undefined}
      onChange={(next: unknown) => {
        onChange(next ?? null);
      }}
      style={{ width: '100%' }}
    />
  );
}

export function RatingEditor({ value, autoFocus, onChange }: EditorProps) {
  return (
    <Rate
      autoFocus={autoFocus}
      value={typeof value === 'number' ? value : 0}
      onChange={(stars) => {
        onChange(stars === 0 ? null : stars);
      }}
    />
  );
}
