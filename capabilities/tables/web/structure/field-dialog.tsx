import { Checkbox, Input, InputNumber, Modal, Select } from 'antd';
import { useState } from 'react';
import { labelOf, useMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import type { FieldMeta, ObjectMeta } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { FailedLine } from '@/ui/states';
import { LabelsInput } from './labels-input';
import { OptionsInput } from './options-input';
import { apiNameOf, differences, tryField } from './structure-api';
import type { FieldWish, Impact, NewField } from './structure-api';
import { ImpactText } from './impact';
import { TYPES } from './types';
import styles from './structure.module.css';

type Props = Readonly<{
  object: ObjectMeta;
  /** The field that is changed; null makes a new one. */
  field: FieldMeta | null;
  onCreate: (wish: NewField) => Promise<void>;
  onChange: (field: FieldMeta, wish: FieldWish) => Promise<void>;
  onClose: () => void;
}>;

type Draft = FieldWish & Pick<NewField, 'type' | 'label'>;

function draftOf(field: FieldMeta | null): Draft {
  if (!field || field.type === 'id') return { type: 'text', label: { 'zh-CN': '', en: '' } };
  const { type, label, required, unique, important } = field;
  const { sensitivity, scale, target, many, options } = field;
  return { type, label, required, unique, important, sensitivity, scale, target, many, options };
}

function isComplete(draft: Draft): boolean {
  const named = draft.label['zh-CN'].trim() !== '';
  const linked = draft.type !== 'link' || draft.target !== undefined;
  const chosen = !['select', 'multi_select'].includes(draft.type)
    || ((draft.options?.length ?? 0) > 0
      && draft.options?.every((option) => option.label['zh-CN'].trim() !== '') === true);
  const computed = draft.type !== 'formula' || draft.compute !== undefined;
  return named && linked && chosen && computed;
}

/** A new field, or what changes of one; a change shows first what it touches. */
export function FieldDialog({ object, field, onCreate, onChange, onClose }: Props) {
  const { t } = useText();
  const [draft, setDraft] = useState(() => draftOf(field));
  const [impact, setImpact] = useState<Impact | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    setProblem(null);
    try {
      if (!field) {
        await onCreate({ ...draft, api_name: apiNameOf(draft.label, 'f') });
      } else {
        const wish = differences(field, draft);
        const found = wish.type !== undefined && !impact
          ? await tryField(object.api_name, field.api_name, wish) : undefined;
        if (found) {
          setImpact(found);
          setBusy(false);
          return;
        }
        if (Object.keys(wish).length > 0) await onChange(field, wish);
      }
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
      setBusy(false);
    }
  };
  return (
    <Modal
      open title={t(field ? 'structure.change_field' : 'structure.add_field')} onCancel={onClose}
      onOk={() => void save()} okText={t(impact ? 'structure.change_anyway' : 'action.save')}
      cancelText={t('action.cancel')} confirmLoading={busy}
      okButtonProps={{ disabled: !isComplete(draft) }}
    >
      <div className={styles.stack}>
        {problem !== null && <FailedLine error={problem} />}
        {impact && <ImpactText impact={impact} />}
        <FieldForm
          object={object} draft={draft}
          onChange={(next) => {
            setDraft(next);
            setImpact(null);
          }}
        />
      </div>
    </Modal>
  );
}

type FormProps = Readonly<{ object: ObjectMeta; draft: Draft; onChange: (draft: Draft) => void }>;

function FieldForm({ object, draft, onChange }: FormProps) {
  const { t } = useText();
  const personal = draft.sensitivity === 'personal';
  return (
    <>
      <LabelsInput
        autoFocus value={draft.label}
        onChange={(label) => {
          onChange({ ...draft, label });
        }}
      />
      <Select<Draft['type']>
        aria-label={t('structure.type')} value={draft.type}
        showSearch={{ optionFilterProp: 'title' }}
        options={TYPES.map(({ type, text, icon: Icon }) => ({
          value: type, title: t(text),
          label: <span className={styles.type}><Icon size={15} aria-hidden /> {t(text)}</span>,
        }))}
        onChange={(type) => {
          onChange({ ...draft, type });
        }}
      />
      <TypeSettings object={object} draft={draft} onChange={onChange} />
      <div className={styles.flags}>
        <Flag
          name="required" label={t('structure.required')} draft={draft} onChange={onChange}
        />
        <Flag name="unique" label={t('structure.unique')} draft={draft} onChange={onChange} />
        <Flag
          name="important" label={t('structure.important')} draft={draft} onChange={onChange}
        />
        <Checkbox
          checked={personal}
          onChange={(event) => {
            onChange({ ...draft, sensitivity: event.target.checked ? 'personal' : 'normal' });
          }}
        >
          {t('structure.personal')}
        </Checkbox>
      </div>
    </>
  );
}

type FlagProps = Readonly<{
  name: 'required' | 'unique' | 'important'; label: string; draft: Draft;
  onChange: (draft: Draft) => void;
}>;

function Flag({ name, label, draft, onChange }: FlagProps) {
  return (
    <Checkbox
      checked={draft[name] === true}
      onChange={(event) => {
        onChange({ ...draft, [name]: event.target.checked });
      }}
    >
      {label}
    </Checkbox>
  );
}

const MOST_PLACES = 6;

/** What only some types have: options, a target, decimal places, a formula. */
function TypeSettings({ draft, onChange }: FormProps) {
  const { t, language } = useText();
  const { objects } = useMeta();
  if (draft.type === 'select' || draft.type === 'multi_select') {
    return (
      <OptionsInput
        options={draft.options ?? []}
        onChange={(options) => {
          onChange({ ...draft, options });
        }}
      />
    );
  }
  if (draft.type === 'link') {
    return (
      <Select
        aria-label={t('structure.target')} placeholder={t('structure.target')}
        value={draft.target} showSearch={{ optionFilterProp: 'label' }}
        options={objects.map((one) => ({
          value: one.api_name, label: labelOf(one.label, language, one.api_name),
        }))}
        onChange={(target) => {
          onChange({ ...draft, target });
        }}
      />
    );
  }
  if (draft.type === 'decimal' || draft.type === 'money') {
    return (
      <InputNumber<number>
        aria-label={t('structure.scale')} prefix={t('structure.scale')} min={0} max={MOST_PLACES}
        precision={0} value={draft.scale ?? null}
        onChange={(scale) => {
          onChange({ ...draft, scale: scale ?? undefined });
        }}
      />
    );
  }
  if (draft.type !== 'formula') return null;
  return (
    <Input.TextArea
      aria-label={t('type.formula')} placeholder={t('structure.formula_hint')}
      value={String(draft.compute?.formula ?? '')} autoSize={{ minRows: 2 }}
      onChange={(event) => {
        const formula = event.target.value;
        onChange({ ...draft, compute: formula.trim() === '' ? undefined : { formula } });
      }}
    />
  );
}
