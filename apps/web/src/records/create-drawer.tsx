import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { ENTERED_FOR } from '@/api/entering';
import { fieldOf, labelOf } from '@/api/meta';
import { asProblem, errorsByField } from '@/api/problem';
import { createRecord } from '@/api/records';
import type { FieldMeta, Fields, ObjectMeta, RecordRow, Value } from '@/api/types';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { useDraft } from '@/ui/draft';
import { FailedLine } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { Folded } from './folded';
import { ForWhom } from './for-whom';
import { FormRow, formFields, formSections } from './form-row';
import { hasTemplate, useSections } from './layout';
import type { ShownSection } from './layout';
import { recordPath } from './record-path';
import styles from './records.module.css';

const NOTHING: Fields = {};

type Props = Readonly<{
  object: ObjectMeta; onClose: () => void;
  /** Only these fields, in this order. */
  names?: readonly string[];
  /** What the place where it is made says of it; a field that is shown may still be changed. */
  given?: Fields;
  /** What follows once it is made; else its page is opened. */
  onMade?: (record: RecordRow) => void;
}>;

/** What is typed outlives the page; it goes once the record is made. */
function useCreate({ object, given = NOTHING, onMade }: Props) {
  const { t } = useText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const place = Object.values(given).join('.');
  const [typed, setTyped, clear] = useDraft<Fields>(`new.${object.api_name}${place}`, NOTHING);
  const values = { ...given, ...typed };
  const save = useMutation({
    mutationFn: () => createRecord(object.api_name, values),
    onSuccess: async (record) => {
      clear();
      await client.invalidateQueries({ queryKey: ['records', object.api_name] });
      showToast({ tone: 'success', text: t('record.created') });
      if (onMade) onMade(record);
      else void navigate(recordPath(object.api_name, record.id));
    },
    onError: (error) => {
      const [first] = Object.keys(errorsByField(asProblem(error)));
      form.current?.querySelector<HTMLElement>(`#new-${first ?? ''}`)?.focus();
    },
  });
  const set = (name: string, value: Value) => {
    setTyped({ ...typed, [name]: value });
  };
  return { form, values, set, save };
}

export default function CreateDrawer(props: Props) {
  const { object, onClose, names } = props;
  const { t, language } = useText();
  const { form, values, set, save } = useCreate(props);
  const errors = save.error ? errorsByField(asProblem(save.error)) : {};
  const sections = useFormSections(object, values, names);
  const fields = sections.flatMap((section) => section.fields);
  const placed = [...fields.map((field) => field.api_name), ENTERED_FOR];
  const row = (field: FieldMeta) => (
    <FormRow
      key={field.api_name}
      field={field}
      values={values}
      autoFocus={field === fields[0]}
      error={errors[field.api_name]}
      onChange={(value) => {
        set(field.api_name, value);
      }}
    />
  );
  const unplaced = save.error && !placed.some((name) => errors[name] !== undefined);
  const label = labelOf(object.label, language, object.api_name);
  return (
    <Drawer
      open
      size={440}
      title={t('record.new', { object: label })}
      onClose={onClose}
      footer={(
        <Foot
          saving={save.isPending} onClose={onClose} onSave={() => form.current?.requestSubmit()}
        />
      )}
    >
      <form
        ref={form}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        {unplaced && <FailedLine error={save.error} />}
        {fieldOf(object, ENTERED_FOR) && (
          <ForWhom
            value={asText(values[ENTERED_FOR])} error={errors[ENTERED_FOR]}
            onChange={(manager) => {
              set(ENTERED_FOR, manager || null);
            }}
          />
        )}
        <FormSections sections={sections} row={row} />
        <button type="submit" hidden />
      </form>
    </Drawer>
  );
}

/** By the template where the object has one; else the fields in one run. */
function useFormSections(
  object: ObjectMeta, values: Fields, names: readonly string[] | undefined,
): readonly ShownSection[] {
  const sections = useSections(object, values);
  if (!names && hasTemplate(object)) return formSections(sections ?? []);
  const fields = names
    ? names.flatMap((name) => object.fields.filter((one) => one.api_name === name))
    : formFields(object);
  return [{ title: '', fields, folded: false }];
}

function FormSections({ sections, row }: Readonly<{
  sections: readonly ShownSection[]; row: (field: FieldMeta) => ReactNode;
}>) {
  const folded = sections.filter((section) => section.folded).flatMap(({ fields }) => fields);
  return (
    <>
      {sections.filter((section) => !section.folded).map(({ title, fields }, at) => (
        <fieldset key={at} className={styles.formGroup}>
          {title !== '' && <legend>{title}</legend>}
          {fields.map(row)}
        </fieldset>
      ))}
      <Folded count={folded.length}>{folded.map(row)}</Folded>
    </>
  );
}

function Foot({ saving, onClose, onSave }: Readonly<{
  saving: boolean; onClose: () => void; onSave: () => void;
}>) {
  const { t } = useText();
  return (
    <div className={styles.editorActions}>
      <Button onClick={onClose}>{t('action.cancel')}</Button>
      <Button type="primary" loading={saving} onClick={onSave}>{t('action.save')}</Button>
    </div>
  );
}
