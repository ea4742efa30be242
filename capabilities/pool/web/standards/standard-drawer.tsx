import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { fieldOf } from '@/api/meta';
import { asProblem, errorsByField } from '@/api/problem';
import { createRecord, patchRecord, recordById } from '@/api/records';
import type { Fields, ObjectMeta, RecordRow } from '@/api/types';
import { FormRow } from '@/records/form-row';
import { useDraft } from '@/ui/draft';
import { FormActions } from '@/ui/form-actions';
import { Failed, FailedLine, TableSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import type { Standard } from '../pool-api';
import { usePoolWords } from '../words';
import styles from '../pool.module.css';

const NAMES = [
  'visit_days', 'response_minutes', 'sponsor_level', 'team_grade', 'quota_days', 'product',
  'marketing', 'sales', 'supply', 'after_sales',
];

type Props = Readonly<{ object: ObjectMeta; standard: Standard; onClose: () => void }>;

/** Changes what a tier is promised; what the product ships is taken over with the first change. */
export function StandardDrawer({ object, standard, onClose }: Props) {
  const { t, tierName } = usePoolWords();
  const { id, tier } = standard;
  const found = useQuery({
    ...recordById('service_standard', id ?? '', NAMES), enabled: id !== null,
  });
  return (
    <Drawer
      open size={480} title={t('pool.edit_standard', { tier: tierName(tier) })} onClose={onClose}
      destroyOnHidden
    >
      {id !== null && found.isPending && <TableSkeleton rows={8} columns={1} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {(id === null || found.data) && (
        <StandardForm
          object={object} standard={standard} record={found.data ?? null} onDone={onClose}
        />
      )}
    </Drawer>
  );
}

function shippedFields({ links, ...standard }: Standard): Fields {
  const { tier, visit_days, response_minutes, sponsor_level, team_grade, quota_days } = standard;
  return {
    tier, visit_days, response_minutes, sponsor_level, team_grade, quota_days, ...links,
  };
}

const NOTHING: Fields = {};

function StandardForm({ object, standard, record, onDone }: Readonly<{
  object: ObjectMeta; standard: Standard; record: RecordRow | null; onDone: () => void;
}>) {
  const { t } = usePoolWords();
  const client = useQueryClient();
  const [draft, setDraft, clear] = useDraft<Fields>(`standard.${standard.tier}`, NOTHING);
  const stored = record?.fields ?? shippedFields(standard);
  const values = { ...stored, ...draft };
  const save = useMutation({
    mutationFn: () => {
      if (!record) return createRecord('service_standard', values);
      const base = Object.fromEntries(
        Object.keys(draft).map((name) => [name, record.fields[name] ?? null]),
      );
      return patchRecord('service_standard', record.id, { fields: draft, base });
    },
    onSuccess: async () => {
      clear();
      await Promise.all([
        client.invalidateQueries({ queryKey: ['pool'] }),
        client.invalidateQueries({ queryKey: ['records', 'service_standard'] }),
      ]);
      showToast({ tone: 'success', text: t('pool.standard_saved') });
      onDone();
    },
  });
  const errors = save.error ? errorsByField(asProblem(save.error)) : {};
  const placed = NAMES.some((name) => errors[name] !== undefined);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      {save.error && !placed && <FailedLine error={save.error} />}
      {NAMES.map((name, at) => {
        const field = fieldOf(object, name);
        return field && (
          <FormRow
            key={name} field={field} values={values} error={errors[name]} autoFocus={at === 0}
            onChange={(value) => {
              setDraft({ ...draft, [name]: value });
            }}
          />
        );
      })}
      <FormActions busy={save.isPending} onCancel={onDone} />
    </form>
  );
}
