import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { Lock } from 'lucide-react';
import { fieldOf, labelOf, useObjectMeta } from '@/api/meta';
import { asProblem, errorsByField } from '@/api/problem';
import { createRecord, patchRecord, recordQuery } from '@/api/records';
import type { Fields, ObjectMeta, RecordRow, Value } from '@/api/types';
import { isWritable } from '@/fields/writable';
import { formatCount } from '@/lib/money';
import { FormRow } from '@/records/form-row';
import { useDraft } from '@/ui/draft';
import { Page, Panel } from '@/ui/page';
import { SaveChanges } from '@/ui/save-changes';
import { Failed, FailedLine, Notice, TableSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { Field, PoolPages } from '../parts';
import { boardQuery, keepCalendar, usePoolChange } from '../pool-api';
import { usePoolWords } from '../words';
import { fieldNames, writtenNames } from './policy-fields';
import styles from '../pool.module.css';

const GROUPS = [
  ['pool.policy_who', ['approver_roles', 'approver_own_roles', 'decision_days', 'fast_track_days']],
  ['pool.policy_card', ['required_fields', 'minimum_completeness', 'block_incomplete']],
  ['pool.policy_rounds', [
    'admit_tiers', 'round_department', 'round_name', 'round_first_on', 'round_months',
    'round_days', 'round_notice_days',
  ]],
  ['pool.policy_size', ['department_from', 'share_yardstick']],
] as const;
const NAMES: readonly string[] = GROUPS.flatMap(([, names]) => [...names]);

/** By which rules the pool is kept, and what its size advises. */
export default function PolicyPage() {
  const { t } = usePoolWords();
  const object = useObjectMeta('pool_policy');
  const found = useQuery({
    ...recordQuery('pool_policy', {
      select: ['name', ...NAMES, 'rounds_planned_until'], sort: [{ field: 'created_at' }],
      page: { limit: 1 },
    }),
    enabled: object !== undefined,
  });
  if (!object) {
    return <Notice icon={Lock} title={t('state.forbidden')} text={t('state.forbidden_text')} />;
  }
  const record = found.data?.records[0] ?? null;
  return (
    <Page
      narrow title={t('pool.policy')} above={<PoolPages />}
      note={found.data && record === null ? t('pool.policy_shipped') : t('pool.policy_note')}
    >
      <Advice />
      {found.isPending && <TableSkeleton rows={8} columns={1} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data && <PolicyForm key={record?.version ?? 0} object={object} record={record} />}
    </Page>
  );
}

/** Whether the pool is large enough for a department of its own. */
function Advice() {
  const { t } = usePoolWords();
  const found = useQuery(boardQuery);
  if (!found.data) return null;
  const { size, from, organisation } = found.data.advice;
  return (
    <p className={styles.advice} role="status">
      {t(organisation === 'department' ? 'pool.advice_department' : 'pool.advice_executives', {
        n: formatCount(size), from: formatCount(from),
      })}
    </p>
  );
}

const NOTHING: Fields = {};

type Errors = Readonly<Record<string, string | undefined>>;

/** What differs from the record, sent against what it was. */
function write(record: RecordRow | null, name: string, draft: Fields): Promise<RecordRow> {
  if (!record) return createRecord('pool_policy', { name, ...draft });
  const base = Object.fromEntries(
    Object.keys(draft).map((field) => [field, record.fields[field] ?? null]),
  );
  return patchRecord('pool_policy', record.id, { fields: draft, base });
}

function PolicyForm({ object, record }: Readonly<{
  object: ObjectMeta; record: RecordRow | null;
}>) {
  const { t } = usePoolWords();
  const [draft, setDraft, clear] = useDraft<Fields>('pool.policy', NOTHING);
  const editable = record ? record.can.includes('update') : object.rights.create;
  const save = usePoolChange(async () => {
    await write(record, t('pool.policy'), draft);
    await keepCalendar().catch(() => undefined);  // whoever may not decide waits for the hour
  }, () => {
    clear();
    showToast({ tone: 'success', text: t('pool.policy_saved') });
  });
  const errors: Errors = save.error ? errorsByField(asProblem(save.error)) : {};
  const placed = NAMES.some((name) => errors[name] !== undefined);
  const changed = Object.keys(draft).length > 0;
  return (
    <form
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault();
        if (changed) save.mutate();
      }}
    >
      {save.isError && !placed && <FailedLine error={save.error} />}
      <Groups
        object={object} values={{ ...record?.fields, ...draft }} errors={errors}
        editable={editable}
        onChange={(name, value) => {
          setDraft({ ...draft, [name]: value });
        }}
      />
      {editable && <SaveChanges changed={changed} busy={save.isPending} onDiscard={clear} />}
    </form>
  );
}

function Groups({ object, values, errors, editable, onChange }: Readonly<{
  object: ObjectMeta; values: Fields; errors: Errors; editable: boolean;
  onChange: (name: string, value: Value) => void;
}>) {
  const { t } = usePoolWords();
  return GROUPS.map(([title, names]) => (
    <Panel key={title} title={t(title)}>
      <fieldset className={styles.group} disabled={!editable}>
        {names.map((name) => {
          const field = fieldOf(object, name);
          const set = (value: Value) => {
            onChange(name, value);
          };
          if (!field) return null;
          return name === 'required_fields' ? (
            <RequiredFields
              key={name} object={object} value={values[name]} error={errors[name]} onChange={set}
            />
          ) : (
            <FormRow
              key={name} field={field} values={values} error={errors[name]} autoFocus={false}
              onChange={set}
            />
          );
        })}
      </fieldset>
    </Panel>
  ));
}

function RequiredFields({ object, value, error, onChange }: Readonly<{
  object: ObjectMeta; value: Value | undefined; error: string | undefined;
  onChange: (value: Value) => void;
}>) {
  const { t, language } = usePoolWords();
  const account = useObjectMeta('account');
  const field = fieldOf(object, 'required_fields');
  return (
    <Field
      label={labelOf(field?.label, language, 'required_fields')} id="policy-required"
      error={error} note={t('pool.policy_required_note')}
    >
      <Select
        id="policy-required" mode="multiple" allowClear
        showSearch={{ optionFilterProp: 'label' }} value={fieldNames(value)}
        options={(account?.fields ?? []).filter(isWritable).map((one) => ({
          value: one.api_name, label: labelOf(one.label, language, one.api_name),
        }))}
        onChange={(names: string[]) => {
          onChange(writtenNames(names));
        }}
      />
    </Field>
  );
}
