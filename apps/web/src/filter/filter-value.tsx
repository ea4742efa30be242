import { InputNumber, Select } from 'antd';
import { useContext } from 'react';
import { isLink, labelOf, optionLabel } from '@/api/meta';
import type { FieldMeta, Filter, Value } from '@/api/types';
import { widgetOf } from '@/fields/widgets';
import { useText } from '@/i18n/use-text';
import { RELATIVE_TEXTS } from './filter-ops';
import { comparableWith, ownFieldOf, OwnFields, ownValue } from './own-fields';
import styles from './filter.module.css';

type Props = Readonly<{ field: FieldMeta; filter: Filter; onChange: (value: Value) => void }>;

const SETS = new Set(['in', 'not_in', 'has_any', 'has_all', 'has_none']);

function isObject(value: Value): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a condition compares with, in the editor of the field's type. */
export function FilterValue(props: Props) {
  const { field, filter } = props;
  const own = comparableWith(field, filter.op, useContext(OwnFields));
  if (filter.op === 'empty' || filter.op === 'not_empty') return null;
  if (own.length === 0) return <FixedValue {...props} />;
  return (
    <>
      <OwnChoice {...props} own={own} />
      {ownFieldOf(filter.value) === null && <FixedValue {...props} />}
    </>
  );
}

const FIXED = '';

/** Something fixed, or a field of the person whom the condition is asked for. */
function OwnChoice({ filter, onChange, own }: Props & Readonly<{ own: readonly FieldMeta[] }>) {
  const { t, language } = useText();
  return (
    <Select<string>
      className={styles.own} aria-label={t('filter.compared_with')}
      popupMatchSelectWidth={false} value={ownFieldOf(filter.value) ?? FIXED}
      options={[
        { value: FIXED, label: t('filter.fixed') },
        ...own.map((one) => ({
          value: one.api_name,
          label: one.type === 'id' ? t('filter.holder') : t('filter.of_holder', {
            field: labelOf(one.label, language, one.api_name),
          }),
        })),
      ]}
      onChange={(name) => {
        onChange(name === FIXED ? null : ownValue(name));
      }}
    />
  );
}

function FixedValue(props: Props) {
  const { field, filter } = props;
  if (filter.op === 'between') return <Between {...props} />;
  if (field.type === 'date' || field.type === 'datetime') return <DayValue {...props} />;
  if (SETS.has(filter.op) && field.options) return <Options {...props} />;
  if (isLink(field)) return <LinkValue {...props} />;
  return <One field={field} value={filter.value} onChange={props.onChange} />;
}

type OneProps = Readonly<{ field: FieldMeta; value: Value; onChange: (value: Value) => void }>;

function One({ field, value, onChange }: OneProps) {
  const { language } = useText();
  const { Editor } = widgetOf(field.type === 'long_text' ? 'text' : field.type);
  const Used = Editor ?? widgetOf('text').Editor;
  if (!Used) return null;
  const label = labelOf(field.label, language, field.api_name);
  return (
    <span className={styles.value} aria-label={label} role="group">
      <Used field={field} value={value ?? null} fields={{}} onChange={onChange} />
    </span>
  );
}

function Between({ field, filter, onChange }: Props) {
  const values: readonly Value[] = Array.isArray(filter.value) ? filter.value : [];
  const [from = null, to = null] = values;
  return (
    <>
      <One
        field={field} value={from}
        onChange={(next) => {
          onChange([next, to]);
        }}
      />
      <One
        field={field} value={to}
        onChange={(next) => {
          onChange([from, next]);
        }}
      />
    </>
  );
}

function Options({ field, filter, onChange }: Props) {
  const { t, language } = useText();
  return (
    <Select
      mode="multiple" className={styles.value} aria-label={t('filter.value')}
      maxTagCount="responsive" showSearch={{ optionFilterProp: 'label' }}
      options={(field.options ?? []).map((option) => ({
        value: option.key, label: optionLabel(option, language),
      }))}
      value={Array.isArray(filter.value) ? filter.value : []}
      onChange={onChange}
    />
  );
}

const EXACT = 'exact';
const ONLY_RELATIVE = 'within';
const WITH_DAYS = new Set(['last_days', 'next_days']);
const USUAL_DAYS = 30;

/** A day: one from the calendar, or one that moves with today. */
function DayValue({ field, filter, onChange }: Props) {
  const { t } = useText();
  const relative = isObject(filter.value) ? filter.value : null;
  const name = relative ? String(relative.rel) : filter.op === ONLY_RELATIVE ? undefined : EXACT;
  const names = [...(filter.op === ONLY_RELATIVE ? [] : [EXACT]), ...Object.keys(RELATIVE_TEXTS)];
  const day: FieldMeta = { ...field, type: 'date' };
  return (
    <>
      <Select
        className={styles.value} aria-label={t('filter.value')} value={name}
        options={names.map((one) => ({
          value: one, label: t(RELATIVE_TEXTS[one] ?? 'relative.exact'),
        }))}
        onChange={(next) => {
          if (next === EXACT) onChange(null);
          else onChange(WITH_DAYS.has(next) ? { rel: next, n: USUAL_DAYS } : { rel: next });
        }}
      />
      {relative && WITH_DAYS.has(String(relative.rel)) && (
        <InputNumber<number>
          min={1} max={36_600} precision={0} aria-label={t('filter.days')}
          value={Number(relative.n)}
          onChange={(days) => {
            if (days !== null) onChange({ ...relative, n: days });
          }}
        />
      )}
      {name === EXACT && <One field={day} value={filter.value} onChange={onChange} />}
    </>
  );
}

/** A linked record, several, or oneself. */
function LinkValue({ field, filter, onChange }: Props) {
  const { t } = useText();
  const target = field.type === 'link' ? field.target : field.type;
  const isMe = isObject(filter.value);
  const ownIsOffered = useContext(OwnFields).length > 0;
  const many = SETS.has(filter.op);
  return (
    <>
      {target === 'user' && !many && !ownIsOffered && (
        <Select
          aria-label={t('filter.who')} value={isMe ? 'me' : 'chosen'}
          options={[
            { value: 'me', label: t('filter.me') },
            { value: 'chosen', label: t('filter.chosen_one') },
          ]}
          onChange={(who) => {
            onChange(who === 'me' ? { var: 'me' } : null);
          }}
        />
      )}
      {!isMe && <One field={{ ...field, many }} value={filter.value} onChange={onChange} />}
    </>
  );
}
