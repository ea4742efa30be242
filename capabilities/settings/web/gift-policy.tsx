import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { fieldOf, labelOf, useObjectMeta } from '@/api/meta';
import { asProblem, errorsByField } from '@/api/problem';
import { createRecord, patchRecord, recordQuery } from '@/api/records';
import type { Fields, ObjectMeta, RecordRow } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { FormRow } from '@/records/form-row';
import { useDraft } from '@/ui/draft';
import { Panel } from '@/ui/page';
import { SaveChanges } from '@/ui/save-changes';
import { Failed, FailedLine, TableSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import styles from './settings.module.css';

const LIMITS = [
  'government_limit', 'public_institution_limit', 'state_owned_limit', 'unknown_limit',
  'other_limit',
];
const SHOWN = [...LIMITS, 'approver'];
const NOTHING: Fields = {};

/** What one person of a customer may be given in a year, by the ownership of the customer. */
export default function GiftPolicy() {
  const { t } = useText();
  const object = useObjectMeta('gift_policy');
  const found = useQuery({
    ...recordQuery('gift_policy', {
      select: ['name', ...SHOWN, 'approver.name'], sort: [{ field: 'created_at' }],
      page: { limit: 1 },
    }),
    enabled: object !== undefined,
  });
  if (!object) return null;
  const record = found.data?.records[0] ?? null;
  return (
    <Panel title={t('settings.gifts')}>
      <p className="faint">{t('settings.gifts_note')}</p>
      {found.isPending && <TableSkeleton rows={6} columns={1} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data && <Form key={record?.version ?? 0} object={object} record={record} />}
    </Panel>
  );
}

function Form({ object, record }: Readonly<{ object: ObjectMeta; record: RecordRow | null }>) {
  const { t, language } = useText();
  const client = useQueryClient();
  const [draft, setDraft, clear] = useDraft<Fields>('settings.gifts', NOTHING);
  const save = useMutation({
    mutationFn: () => (record === null
      ? createRecord('gift_policy', { name: t('settings.gifts'), ...draft })
      : patchRecord('gift_policy', record.id, {
        fields: draft,
        base: Object.fromEntries(
          Object.keys(draft).map((name) => [name, record.fields[name] ?? null]),
        ),
      })),
    onSuccess: async () => {
      clear();
      await client.invalidateQueries({ queryKey: ['records', 'gift_policy'] });
      await client.invalidateQueries({ queryKey: ['records', 'gift'] });
      showToast({ tone: 'success', text: t('settings.saved') });
    },
  });
  const errors: Readonly<Record<string, string | undefined>> =
    save.error ? errorsByField(asProblem(save.error)) : {};
  const placed = SHOWN.some((name) => errors[name] !== undefined);
  const changed = Object.keys(draft).length > 0;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (changed) save.mutate();
      }}
    >
      {save.isError && !placed && <FailedLine error={save.error} />}
      {SHOWN.map((name) => {
        const field = fieldOf(object, name);
        return field && (
          <div key={name} className={styles.field}>
            <FormRow
              field={field} values={{ ...record?.fields, ...draft }} error={errors[name]}
              autoFocus={false}
              onChange={(value) => {
                setDraft({ ...draft, [name]: value });
              }}
            />
            <span className="faint">{labelOf(field.help, language)}</span>
          </div>
        );
      })}
      <SaveChanges changed={changed} busy={save.isPending} onDiscard={clear} />
    </form>
  );
}
