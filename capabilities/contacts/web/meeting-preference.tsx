import { useState } from 'react';
import { fieldOf, useObjectMeta } from '@/api/meta';
import { createRecord, patchRecord } from '@/api/records';
import type { Fields } from '@/api/types';
import { isEmptyValue } from '@/fields/widget';
import { isWritable } from '@/fields/writable';
import { useText } from '@/i18n/use-text';
import { FormRow } from '@/records/form-row';
import { FormActions } from '@/ui/form-actions';
import type { PersonOfMeeting } from './meeting-matrix';
import { useMeetingChange } from './use-meeting-change';
import styles from './map.module.css';

const SHOWN = ['why', 'interest_organisational', 'interest_personal'];

/** Why somebody prefers it: what his organisation and he himself gain. */
export function Preference({ row, meeting, mayChange, onDone }: Readonly<{
  row: PersonOfMeeting; meeting: string; mayChange: boolean; onDone: () => void;
}>) {
  const { t } = useText();
  const object = useObjectMeta('buying_preference');
  const { preference } = row;
  const [draft, setDraft] = useState<Fields>({});
  const save = useMeetingChange(async () => {
    await (preference === null
      ? createRecord('buying_preference', { meeting, contact: row.contact, ...draft })
      : patchRecord('buying_preference', preference.id, {
        fields: draft,
        base: Object.fromEntries(
          Object.keys(draft).map((name) => [name, preference.fields[name] ?? null]),
        ),
      }));
    onDone();
  }, 'meeting.saved');
  if (!object) return null;
  const values = { ...preference?.fields, ...draft };
  return (
    <form
      className={styles.preference}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined);
      }}
    >
      {SHOWN.map((name, at) => {
        const field = fieldOf(object, name);
        if (!field) return null;
        if (!mayChange || !isWritable(field)) {
          return isEmptyValue(values[name]) ? null : <p key={name}>{String(values[name])}</p>;
        }
        return (
          <FormRow
            key={name} field={field} values={values} error={undefined} autoFocus={at === 0}
            onChange={(value) => {
              setDraft({ ...draft, [name]: value });
            }}
          />
        );
      })}
      {mayChange
        ? <FormActions busy={save.isPending} onCancel={onDone} />
        : <span className="faint">{t('meeting.read_only')}</span>}
    </form>
  );
}
