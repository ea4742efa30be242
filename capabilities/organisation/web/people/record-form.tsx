import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { asProblem, errorsByField } from '@/api/problem';
import { createRecord, patchRecord } from '@/api/records';
import type { Fields, ObjectMeta, RecordRow } from '@/api/types';
import { isWritable } from '@/fields/writable';
import { useText } from '@/i18n/use-text';
import { FormRow } from '@/records/form-row';
import { useDraft } from '@/ui/draft';
import { FailedLine } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { changesOf } from './checks';
import type { Wrong } from './checks';
import styles from '../organisation.module.css';

type Props = Readonly<{
  object: ObjectMeta; names: readonly string[];
  /** The record that is changed; null makes a new one. */
  record: RecordRow | null;
  /** Set in a new record without being asked for. */
  given?: Fields;
  check: (values: Fields) => Wrong;
  onSaved: (record: RecordRow) => void;
}>;

const NOTHING: Fields = {};

/** Some fields of a record as a form; what is wrong stands below its field. */
export function RecordForm({ object, names, record, given, check, onSaved }: Props) {
  const { t } = useText();
  const client = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const key = `people.${object.api_name}.${record?.id ?? JSON.stringify(given ?? {})}`;
  const [draft, setDraft, clear] = useDraft<Fields>(key, NOTHING);
  const [wrong, setWrong] = useState<Wrong>({});
  const values = { ...given, ...record?.fields, ...draft };
  const focus = (field: string | undefined) => {
    form.current?.querySelector<HTMLElement>(`#new-${field ?? ''}`)?.focus();
  };
  const save = useMutation({
    mutationFn: () => (record
      ? patchRecord(object.api_name, record.id, changesOf(record.fields, draft))
      : createRecord(object.api_name, { ...given, ...draft })),
    onSuccess: async (saved) => {
      clear();
      await client.invalidateQueries({ queryKey: ['records'] });
      showToast({ tone: 'success', text: t('people.saved') });
      onSaved(saved);
    },
    onError: (error) => {
      focus(Object.keys(errorsByField(asProblem(error)))[0]);
    },
  });
  const refused = save.error ? errorsByField(asProblem(save.error)) : {};
  const fields = names.flatMap((name) => (
    object.fields.filter((one) => one.api_name === name && isWritable(one))
  ));
  const placed = fields.some((field) => refused[field.api_name] !== undefined);
  const errorOf = (name: string) => {
    const own = wrong[name];
    return own === undefined ? refused[name] : t(own);
  };
  return (
    <form
      ref={form}
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        const found = check(values);
        setWrong(found);
        const [first] = Object.keys(found);
        if (first === undefined) save.mutate();
        else focus(first);
      }}
    >
      {save.error && !placed && <FailedLine error={save.error} />}
      {fields.map((field, index) => (
        <FormRow
          key={field.api_name} field={field} values={values} error={errorOf(field.api_name)}
          autoFocus={index === 0 && record === null}
          onChange={(value) => {
            setDraft({ ...draft, [field.api_name]: value });
          }}
        />
      ))}
      <div className={styles.actions}>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('action.save')}
        </Button>
      </div>
    </form>
  );
}
