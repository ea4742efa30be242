import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Checkbox, Select } from 'antd';
import { fieldOf, labelOf, useMeta } from '@/api/meta';
import { asProblem, errorsByField } from '@/api/problem';
import { createRecord } from '@/api/records';
import type { Fields, ObjectMeta } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { todayIn } from '@/lib/dates';
import { FormRow } from '@/records/form-row';
import { useDraft } from '@/ui/draft';
import { FormActions } from '@/ui/form-actions';
import { FailedLine } from '@/ui/states';
import { showToast } from '@/ui/toast';
import type { GiftSums } from './gifts-api';
import styles from './dossier.module.css';

const SHOWN = ['kind', 'occasion', 'given_on', 'value'];

/** Notes a gift as given, or asks for one above the limit. */
export function GiftForm({ object, account, people, onDone }: Readonly<{
  object: ObjectMeta; account: string; people: GiftSums['people']; onDone: () => void;
}>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const client = useQueryClient();
  const [draft, setDraft, clear] = useDraft<Fields>(`gift.${account}`, {
    kind: 'gift', given_on: todayIn(workspace.time_zone), state: 'given',
  });
  const save = useMutation({
    mutationFn: () => createRecord('gift', { ...draft, account }),
    onSuccess: async () => {
      clear();
      await client.invalidateQueries({ queryKey: ['records', 'gift'] });
      const asked = draft.state === 'planned';
      showToast({ tone: 'success', text: t(asked ? 'dossier.gift_asked' : 'dossier.gift_noted') });
      onDone();
    },
  });
  const errors: Readonly<Record<string, string | undefined>> =
    save.error ? errorsByField(asProblem(save.error)) : {};
  const change = (name: string, value: Fields[string]) => {
    setDraft({ ...draft, [name]: value });
  };
  const placed = [...SHOWN, 'contact'].some((name) => errors[name] !== undefined);
  return (
    <form
      className={styles.giftForm}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <ContactRow
        object={object} people={people} value={draft.contact} error={errors.contact}
        onChange={(contact) => {
          change('contact', contact);
        }}
      />
      {SHOWN.map((name) => {
        const field = fieldOf(object, name);
        return field && (
          <FormRow
            key={name} field={field} values={draft} error={errors[name]} autoFocus={false}
            onChange={(value) => {
              change(name, value);
            }}
          />
        );
      })}
      <Checkbox
        checked={draft.state === 'planned'}
        onChange={({ target }) => {
          change('state', target.checked ? 'planned' : 'given');
        }}
      >
        {t('dossier.gift_ask')}
      </Checkbox>
      {save.error && !placed && <FailedLine error={save.error} />}
      <FormActions busy={save.isPending} onCancel={onDone} />
    </form>
  );
}

function ContactRow({ object, people, value, error, onChange }: Readonly<{
  object: ObjectMeta; people: GiftSums['people']; value: Fields[string] | undefined;
  error: string | undefined; onChange: (contact: string) => void;
}>) {
  const { language } = useText();
  return (
    <div className={styles.row}>
      <label htmlFor="gift-contact">
        {labelOf(fieldOf(object, 'contact')?.label, language, 'contact')}
      </label>
      <Select
        id="gift-contact" showSearch={{ optionFilterProp: 'label' }}
        value={typeof value === 'string' ? value : null}
        status={error === undefined ? '' : 'error'}
        options={people.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={onChange}
      />
      {error !== undefined && <span className={styles.late} role="alert">{error}</span>}
    </div>
  );
}
