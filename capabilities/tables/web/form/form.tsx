import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { CircleCheck, Link2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { labelOf, useObjectMeta } from '@/api/meta';
import { asProblem, errorsByField } from '@/api/problem';
import { createRecord } from '@/api/records';
import type { FieldMeta, Fields, ObjectMeta } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { FormRow, formFields } from '@/records/form-row';
import { FailedLine, Notice } from '@/ui/states';
import { useDraft } from '@/ui/draft';
import { shownFields } from '../grid/columns';
import shared from '../shared/shared.module.css';
import type { ViewProps } from '../views/pages';
import type { View } from '../views/views-api';
import { LinkDialog } from './link-dialog';
import styles from './form.module.css';

const NOTHING: Fields = {};

/** The chosen fields in their order, then what must be filled besides. */
function inOrderOf(chosen: readonly FieldMeta[], fields: readonly FieldMeta[]) {
  const wanted = chosen.filter((field) => fields.includes(field));
  return [...wanted, ...fields.filter((field) => field.required && !wanted.includes(field))];
}

/** A form that makes one record after another; which fields it asks is the view's choice. */
export default function Form({ object, view }: ViewProps) {
  const { t, language } = useText();
  const form = useRef<HTMLFormElement>(null);
  const [done, setDone] = useState(false);
  const key = `form.${object.api_name}.${view.saved?.id ?? ''}`;
  const [values, setValues, clear] = useDraft<Fields>(key, NOTHING);
  const save = useMutation({
    mutationFn: () => createRecord(object.api_name, values),
    onSuccess: () => {
      clear();
      setDone(true);
    },
    onError: (error) => {
      const [first] = Object.keys(errorsByField(asProblem(error)));
      form.current?.querySelector<HTMLElement>(`#new-${first ?? ''}`)?.focus();
    },
  });
  const chosen = view.definition.fields ? shownFields(object, view.definition) : null;
  const fields = chosen
    ? inOrderOf(chosen, formFields(object, Infinity))
    : formFields(object);
  const errors = save.error ? errorsByField(asProblem(save.error)) : {};
  const unplaced = save.error && !fields.some((field) => errors[field.api_name] !== undefined);
  if (done) {
    return (
      <Notice icon={CircleCheck} title={t('form.done')}>
        <Button
          type="primary"
          onClick={() => {
            setDone(false);
          }}
        >
          {t('form.another')}
        </Button>
      </Notice>
    );
  }
  return (
    <div className={styles.scroll}>
      {view.saved && <LinkButton object={object} view={view.saved} fields={fields} />}
      <form
        ref={form} className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <h2 className={styles.title}>{view.saved?.name ?? labelOf(object.label, language)}</h2>
        {unplaced && <FailedLine error={save.error} />}
        {fields.map((field) => (
          <FormRow
            key={field.api_name} field={field} values={values} autoFocus={false}
            error={errors[field.api_name]}
            onChange={(value) => {
              setValues({ ...values, [field.api_name]: value });
            }}
          />
        ))}
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('form.submit')}
        </Button>
      </form>
    </div>
  );
}

type LinkProps = Readonly<{ object: ObjectMeta; view: View; fields: readonly FieldMeta[] }>;

/** For those who may open a form to people outside. */
function LinkButton(props: LinkProps) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  if (useObjectMeta('form_link')?.rights.create !== true) return null;
  return (
    <div className={shared.options}>
      <Button
        size="small" icon={<Link2 size={14} />}
        onClick={() => {
          setOpen(true);
        }}
      >
        {t('form.link')}
      </Button>
      {open && (
        <LinkDialog
          {...props}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </div>
  );
}
