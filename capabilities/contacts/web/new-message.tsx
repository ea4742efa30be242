import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Modal, Select } from 'antd';
import { fieldOf, useMeta } from '@/api/meta';
import { asProblem, errorsByField } from '@/api/problem';
import { createRecord, recordQuery } from '@/api/records';
import type { Fields, ObjectMeta } from '@/api/types';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { FormRow } from '@/records/form-row';
import { useDraft } from '@/ui/draft';
import { FailedLine } from '@/ui/states';
import type { MapPerson, PowerMap } from './map-api';
import { calledName } from './map-api';
import styles from './map.module.css';

const SHOWN = ['text', 'owner', 'due_on'];
const MOST_VISITS = 20;
const NOTHING: Fields = {};

/** One thing to say to one person: who says it, by when or at which visit. */
export default function NewMessage({ map, person, object, onClose }: Readonly<{
  map: PowerMap; person: MapPerson; object: ObjectMeta; onClose: () => void;
}>) {
  const { t } = useText();
  const { user } = useMeta();
  const client = useQueryClient();
  const [typed, setTyped, clear] = useDraft<Fields>(`message.${person.id}`, NOTHING);
  const values: Fields = { owner: user.id, 'owner.name': user.name, ...typed };
  const save = useMutation({
    mutationFn: () => createRecord('contact_message', {
      text: values.text ?? null, owner: values.owner ?? null, due_on: values.due_on ?? null,
      visit: values.visit ?? null, contact: person.id, opportunity: map.opportunity,
    }),
    onSuccess: async () => {
      clear();
      await client.invalidateQueries({ queryKey: ['records', 'contact_message'] });
      onClose();
    },
  });
  const errors: Readonly<Record<string, string | undefined>> =
    save.error ? errorsByField(asProblem(save.error)) : {};
  const set = (change: Fields) => {
    setTyped({ ...typed, ...change });
  };
  const placed = SHOWN.some((name) => errors[name] !== undefined);
  return (
    <Modal
      open title={`${t('people_map.messages')} · ${calledName(person)}`} onCancel={onClose}
      okText={t('action.save')} cancelText={t('action.cancel')}
      okButtonProps={{ disabled: asText(values.text).trim() === '', loading: save.isPending }}
      onOk={() => {
        save.mutate();
      }}
    >
      <div className={styles.form}>
        {save.error && !placed && <FailedLine error={save.error} />}
        {SHOWN.map((name, at) => {
          const field = fieldOf(object, name);
          return field && (
            <FormRow
              key={name} field={field} values={values} error={errors[name]} autoFocus={at === 0}
              onChange={(value) => {
                set({ [name]: value });
              }}
            />
          );
        })}
        <AtVisit
          account={map.account.id} value={asText(values.visit)}
          onChange={(visit) => {
            set({ visit });
          }}
        />
        <p className="faint">{t('people_map.message_internal')}</p>
      </div>
    </Modal>
  );
}

/** One of the visits that are planned there. */
function AtVisit({ account, value, onChange }: Readonly<{
  account: string; value: string; onChange: (visit: string | null) => void;
}>) {
  const { t } = useText();
  const found = useQuery(recordQuery('visit', {
    select: ['subject', 'planned_at'],
    where: { op: 'and', args: [
      { op: 'eq', field: 'account', value: account },
      { op: 'eq', field: 'state', value: 'planned' },
    ] },
    sort: [{ field: 'planned_at', dir: 'asc', nulls: 'last' }], page: { limit: MOST_VISITS },
  }));
  return (
    <label className={styles.field}>
      <span>{t('people_map.at_visit')}</span>
      <Select
        aria-label={t('people_map.at_visit')} allowClear placeholder={t('people_map.any_visit')}
        value={value === '' ? undefined : value}
        options={(found.data?.records ?? []).map(({ id, fields }) => ({
          value: id,
          label: [asText(fields.planned_at).slice(0, 10), asText(fields.subject)]
            .filter(Boolean).join(' · '),
        }))}
        onChange={(visit: string | undefined) => {
          onChange(visit ?? null);
        }}
      />
    </label>
  );
}
