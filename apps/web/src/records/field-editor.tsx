import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { labelOf } from '@/api/meta';
import type { Problem } from '@/api/problem';
import { asProblem, errorsByField } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { patchRecord } from '@/api/records';
import type { FieldMeta, ObjectMeta, RecordRow, Value } from '@/api/types';
import { FieldValue } from '@/fields/field-value';
import { widgetOf } from '@/fields/widgets';
import { useText } from '@/i18n/use-text';
import { useDraft } from '@/ui/draft';
import styles from './records.module.css';

export function draftKey(object: string, id: string, field: string): string {
  return `edit.${object}.${id}.${field}`;
}

/** The value that is stored now, as a version conflict reports it. */
export function conflictingValue(problem: Problem, field: string): { value: Value } | null {
  if (problem.code !== 'version_conflict') return null;
  const { current, fields, conflicts } = problem.body;
  for (const source of [current, fields]) {
    if (typeof source !== 'object' || source === null) continue;
    const nested = (source as Record<string, unknown>).fields;
    const holder = (typeof nested === 'object' && nested !== null ? nested : source);
    if (field in holder) return { value: (holder as Record<string, unknown>)[field] };
  }
  const listed = [conflicts, problem.errors].find(Array.isArray) as
    | readonly Record<string, unknown>[] | undefined;
  const entry = listed?.find((one) => one.field === field);
  if (!entry) return null;
  const params = entry.params as Record<string, unknown> | undefined;
  return { value: entry.current ?? params?.current ?? null };
}

type Props = Readonly<{
  object: ObjectMeta; record: RecordRow; field: FieldMeta; onDone: () => void;
}>;
type Edit = Readonly<{ value: Value; base: Value; reason: string }>;

function useSave({ object, record, field, onDone }: Props, clear: () => void) {
  const client = useQueryClient();
  const name = field.api_name;
  return useMutation({
    mutationFn: (edit: Edit) => patchRecord(object.api_name, record.id, {
      fields: { [name]: edit.value },
      base: { [name]: edit.base },
      reason: edit.reason === '' ? undefined : edit.reason,
    }),
    onSuccess: async () => {
      clear();
      await client.invalidateQueries({ queryKey: ['records', object.api_name] });
      onDone();
    },
  });
}

export function FieldEditor(props: Props) {
  const { object, record, field, onDone } = props;
  const { t } = useText();
  const stored = record.fields[field.api_name] ?? null;
  const [initial] = useState<Edit>({ value: stored, base: stored, reason: '' });
  const [edit, setEdit, clear] = useDraft<Edit>(
    draftKey(object.api_name, record.id, field.api_name), initial,
  );
  const save = useSave(props, clear);
  const problem = save.error ? asProblem(save.error) : null;
  const conflict = problem && conflictingValue(problem, field.api_name);
  const { Editor } = widgetOf(field.type);
  if (!Editor) return null;
  const cancel = () => {
    clear();
    onDone();
  };
  return (
    <form
      className={styles.editor}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(edit);
      }}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Escape') cancel();
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save.mutate(edit);
      }}
    >
      <Editor
        field={field}
        value={edit.value}
        fields={record.fields}
        autoFocus
        invalid={problem !== null}
        onChange={(value) => {
          setEdit({ ...edit, value });
        }}
      />
      {field.important && <Reason edit={edit} onChange={setEdit} />}
      {problem && !conflict && (
        <span className={styles.error} role="alert">
          {errorsByField(problem)[field.api_name] ?? problemText(problem, t)}
        </span>
      )}
      {conflict ? (
        <Conflict
          {...props}
          mine={edit.value}
          theirs={conflict.value}
          onKeepMine={() => {
            save.mutate({ ...edit, base: conflict.value });
          }}
          onTakeTheirs={cancel}
        />
      ) : (
        <div className={styles.editorActions}>
          <Button size="small" type="text" onClick={cancel}>{t('action.cancel')}</Button>
          <Button size="small" type="primary" htmlType="submit" loading={save.isPending}>
            {t('action.save')}
          </Button>
        </div>
      )}
    </form>
  );
}

function Reason({ edit, onChange }: Readonly<{ edit: Edit; onChange: (edit: Edit) => void }>) {
  const { t } = useText();
  return (
    <Input
      placeholder={t('record.reason')}
      aria-label={t('record.reason')}
      value={edit.reason}
      onChange={(event) => {
        onChange({ ...edit, reason: event.target.value });
      }}
    />
  );
}

type ConflictProps = Props & Readonly<{
  mine: Value; theirs: Value; onKeepMine: () => void; onTakeTheirs: () => void;
}>;

/** Somebody else saved this field meanwhile: both values, and the person chooses. */
function Conflict({ object, record, field, mine, theirs, ...act }: ConflictProps) {
  const { t, language } = useText();
  const client = useQueryClient();
  const name = field.api_name;
  return (
    <div className={styles.conflict} role="alert">
      <span className={styles.conflictTitle}>
        {t('conflict.title', { field: labelOf(field.label, language, name) })}
      </span>
      <div className={styles.conflictPair}>
        <div className={styles.conflictSide}>
          <span className="faint">{t('conflict.theirs')}</span>
          <FieldValue field={field} fields={{ [name]: theirs }} />
          <Button
            size="small"
            onClick={() => {
              act.onTakeTheirs();
              void client.invalidateQueries({
                queryKey: ['records', object.api_name, 'one', record.id],
              });
            }}
          >
            {t('conflict.take_theirs')}
          </Button>
        </div>
        <div className={styles.conflictSide}>
          <span className="faint">{t('conflict.mine')}</span>
          <FieldValue field={field} fields={{ ...record.fields, [name]: mine }} />
          <Button size="small" type="primary" onClick={act.onKeepMine}>
            {t('conflict.keep_mine')}
          </Button>
        </div>
      </div>
    </div>
  );
}
