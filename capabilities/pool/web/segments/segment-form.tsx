import { Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import { fieldOf, labelOf, optionLabel, useObjectMeta } from '@/api/meta';
import { asProblem, errorsByField } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { createRecord } from '@/api/records';
import type { Fields, Filter, RecordRow } from '@/api/types';
import { useDraft } from '@/ui/draft';
import { FormActions } from '@/ui/form-actions';
import { showToast } from '@/ui/toast';
import { Field } from '../parts';
import { usePoolChange } from '../pool-api';
import { usePoolWords } from '../words';
import styles from '../pool.module.css';

const CONDITIONS = ['tier', 'sector', 'pool_state', 'ownership_type'] as const;
type Condition = (typeof CONDITIONS)[number];
type Kind = 'segment' | 'target_group' | 'dynamic_tag';
type Draft = Readonly<{
  name: string; kind: Kind; note: string; chosen: Readonly<Partial<Record<Condition, string[]>>>;
}>;
const EMPTY: Draft = { name: '', kind: 'segment', note: '', chosen: {} };

/** All conditions together; null without any. */
function filterOf(chosen: Draft['chosen']): Filter | null {
  const args: Filter[] = CONDITIONS.flatMap((field) => {
    const value = chosen[field] ?? [];
    return value.length === 0 ? [] : [{ op: 'in' as const, field, value }];
  });
  return args.length === 0 ? null : { op: 'and', args };
}

function fieldsOf({ name, kind, note, chosen }: Draft): Fields {
  return { name: name.trim(), kind, filter: filterOf(chosen), note: note.trim() || null };
}

/** A dynamic tag is a tag with a filter, all others are segments. */
function create(draft: Draft): Promise<RecordRow> {
  const { name, kind, chosen, note } = draft;
  if (kind !== 'dynamic_tag') return createRecord('segment', fieldsOf(draft));
  return createRecord('tag', {
    name: name.trim(), filter: filterOf(chosen), note: note.trim() || null,
  });
}

/** A group by conditions on accounts: who belongs to it follows the data. */
export function SegmentForm({ onDone }: Readonly<{ onDone: () => void }>) {
  const { t } = usePoolWords();
  const [draft, setDraft, clear] = useDraft<Draft>('segment.new', EMPTY);
  const [tried, setTried] = useState(false);
  const filter = filterOf(draft.chosen);
  const save = usePoolChange(() => create(draft), () => {
    clear();
    showToast({ tone: 'success', text: t('pool.segment_saved') });
    onDone();
  });
  const problem = save.error ? asProblem(save.error) : null;
  const refused = problem ? errorsByField(problem) : {};
  const nameError = tried && draft.name.trim() === '' ? t('pool.needs_name') : refused.name;
  const filterError = tried && filter === null ? t('pool.needs_condition') : refused.filter;
  const set = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (draft.name.trim() !== '' && filter !== null) save.mutate();
      }}
    >
      <Field label={t('pool.segment_name')} id="segment-name" error={nameError}>
        <Input
          id="segment-name" autoFocus value={draft.name} maxLength={100}
          status={nameError === undefined ? '' : 'error'}
          onChange={(event) => {
            set({ name: event.target.value });
          }}
        />
      </Field>
      <KindChoice
        kind={draft.kind}
        onChange={(kind) => {
          set({ kind });
        }}
      />
      <Conditions
        chosen={draft.chosen}
        onChange={(chosen) => {
          set({ chosen });
        }}
      />
      {filterError !== undefined && (
        <span className={styles.error} role="alert">{filterError}</span>
      )}
      <Field label={t('pool.note_free')} id="segment-note" error={refused.note}>
        <Input.TextArea
          id="segment-note" autoSize={{ minRows: 2, maxRows: 6 }} value={draft.note}
          onChange={(event) => {
            set({ note: event.target.value });
          }}
        />
      </Field>
      {problem && Object.keys(refused).length === 0 && (
        <span className={styles.error} role="alert">{problemText(problem, t)}</span>
      )}
      <FormActions busy={save.isPending} onCancel={onDone} />
    </form>
  );
}

function Conditions({ chosen, onChange }: Readonly<{
  chosen: Draft['chosen']; onChange: (chosen: Draft['chosen']) => void;
}>) {
  const { t, language } = usePoolWords();
  const account = useObjectMeta('account');
  return CONDITIONS.map((name) => {
    const field = account && fieldOf(account, name);
    return field && (
      <Field key={name} label={labelOf(field.label, language, name)} id={`segment-${name}`}>
        <Select
          id={`segment-${name}`} mode="multiple" allowClear placeholder={t('pool.any')}
          showSearch={{ optionFilterProp: 'label' }}
          value={chosen[name] ?? []}
          options={(field.options ?? []).map((one) => (
            { value: one.key, label: optionLabel(one, language) }
          ))}
          onChange={(value: string[]) => {
            onChange({ ...chosen, [name]: value });
          }}
        />
      </Field>
    );
  });
}

function KindChoice({ kind, onChange }: Readonly<{
  kind: Kind; onChange: (kind: Kind) => void;
}>) {
  const { t } = usePoolWords();
  return (
    <Segmented<Kind>
      value={kind} onChange={onChange}
      options={[
        { value: 'segment', label: t('pool.segment') },
        { value: 'target_group', label: t('pool.target_group') },
        { value: 'dynamic_tag', label: t('pool.dynamic_tag') },
      ]}
    />
  );
}
