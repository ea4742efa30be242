import { labelOf } from '@/api/meta';
import type { FieldMeta, Fields, ObjectMeta, Value } from '@/api/types';
import { widgetOf } from '@/fields/widgets';
import { isWritable } from '@/fields/writable';
import { useText } from '@/i18n/use-text';
import type { ShownSection } from './layout';
import styles from './records.module.css';

const SHOWN_FIELDS = 14;

function isFillable(field: FieldMeta): boolean {
  return isWritable(field) && widgetOf(field.type).Editor !== null;
}

/** The fields that a person can fill in, what must be filled first. */
export function formFields(object: ObjectMeta, most = SHOWN_FIELDS): readonly FieldMeta[] {
  const writable = object.fields.filter(isFillable);
  const first = writable.filter(
    (field) => field.required || field.api_name === object.primary_field,
  );
  const rest = writable.filter((field) => !first.includes(field));
  return [...first, ...rest].slice(0, Math.max(first.length, most));
}

/** The sections of a form that follows a template, in the fields that a person can fill in. */
export function formSections(sections: readonly ShownSection[]): readonly ShownSection[] {
  return sections.map((section) => (
    { ...section, fields: section.fields.filter(isFillable) }
  )).filter(({ fields }) => fields.length > 0);
}

type RowProps = Readonly<{
  field: FieldMeta; values: Fields; error: string | undefined; autoFocus: boolean;
  onChange: (value: Value) => void;
}>;

/** A field of a form: its label above, what is wrong below. */
export function FormRow({ field, values, error, autoFocus, onChange }: RowProps) {
  const { language } = useText();
  const { Editor } = widgetOf(field.type);
  const id = `new-${field.api_name}`;
  if (!Editor) return null;
  return (
    <div className={styles.formField}>
      <label htmlFor={id}>
        {labelOf(field.label, language, field.api_name)}
        {field.required && <span className={styles.required} aria-hidden>*</span>}
      </label>
      <Editor
        id={id}
        field={field}
        value={values[field.api_name] ?? field.default ?? null}
        fields={values}
        autoFocus={autoFocus}
        invalid={error !== undefined}
        onChange={onChange}
      />
      {error !== undefined && <span className={styles.error} role="alert">{error}</span>}
    </div>
  );
}
