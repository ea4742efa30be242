import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useObjectMeta } from '@/api/meta';
import { asProblem, errorsByField } from '@/api/problem';
import { createRecord, patchRecord } from '@/api/records';
import type { RecordRow } from '@/api/types';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { useDraft } from '@/ui/draft';
import { Page, Panel } from '@/ui/page';
import { FailedLine } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { AuditRight } from './audit-right';
import { Back } from './back';
import { Matrix } from './matrix';
import { Preview } from './preview';
import { draftOf, readRights, sameRights, writeRights } from './rights';
import type { RoleRights } from './rights';
import styles from '../organisation.module.css';

type Props = Readonly<{ record: RecordRow | null; stored: RoleRights }>;

/** What was typed and not yet saved; the rights in the form in which the server keeps them. */
type Draft = Readonly<{ name?: string; remarks?: string; reason?: string; rights?: unknown }>;

const NOTHING: Draft = {};

function useRoleDraft({ record, stored }: Props) {
  const from = new URLSearchParams(window.location.search).get('from') ?? '';
  const key = `role.${record ? `${record.id}.${record.version}` : `new.${from}`}`;
  const [draft, setDraft, clear] = useDraft(key, NOTHING);
  const rights = draft.rights === undefined ? stored : readRights(draft.rights) ?? stored;
  const name = draft.name ?? asText(record?.fields.name);
  const remarks = draft.remarks ?? asText(record?.fields.remarks);
  const regranted = !sameRights(rights, stored);
  const changed = regranted || name !== asText(record?.fields.name)
    || remarks !== asText(record?.fields.remarks);
  return {
    name, remarks, rights, reason: draft.reason ?? '', changed, clear,
    /** Changed rights of a role that people may have already: why is asked for. */
    needsReason: record !== null && regranted,
    set: (part: Draft) => {
      setDraft({ ...draft, ...part });
    },
  };
}

function useSave(record: RecordRow | null, state: ReturnType<typeof useRoleDraft>) {
  const { t } = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => {
      const named = { name: state.name.trim(), remarks: state.remarks.trim() || null };
      const fields = record && !state.needsReason ? named
        : { ...named, rights: writeRights(state.rights) };
      if (!record) return createRecord('role', fields);
      const base = Object.fromEntries(
        Object.keys(fields).map((one) => [one, record.fields[one] ?? null]),
      );
      return patchRecord('role', record.id, {
        fields, base, reason: state.reason.trim() || undefined,
      });
    },
    onSuccess: async (saved) => {
      state.clear();
      await client.invalidateQueries({ queryKey: ['records', 'role'] });
      showToast({ tone: 'success', text: t('people.saved') });
      void navigate(`/roles/${saved.id}`, { replace: true });
    },
  });
}

/** A role of the workspace: its name, its rights and what they would mean for somebody. */
export function RoleEditor({ record, stored }: Props) {
  const { t } = useText();
  const object = useObjectMeta('role');
  const form = useRef<HTMLFormElement>(null);
  const [tried, setTried] = useState(false);
  const state = useRoleDraft({ record, stored });
  const { name, reason, rights, needsReason, set } = state;
  const save = useSave(record, state);
  const refused = save.error ? errorsByField(asProblem(save.error)) : {};
  const wrong = {
    name: tried && name.trim() === '' ? t('roles.needs_name') : refused.name,
    reason: tried && needsReason && reason.trim() === '' ? t('roles.needs_reason')
      : refused.reason,
  };
  const placed = wrong.name ?? refused.remarks ?? refused.rights ?? wrong.reason;
  const editable = record ? record.can.includes('update') : object?.rights.create === true;
  const submit = () => {
    setTried(true);
    const focus = (field: string) => {
      form.current?.querySelector<HTMLElement>(`#role-${field}`)?.focus();
    };
    if (name.trim() === '') focus('name');
    else if (needsReason && reason.trim() === '') focus('reason');
    else save.mutate();
  };
  return (
    <Page title={record ? asText(record.fields.name) : t('roles.new')} above={<Back />}>
      <form
        ref={form} className={styles.stack}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Naming
          state={state} disabled={!editable} name={wrong.name} remarks={refused.remarks}
        />
        <Panel flush>
          <Matrix
            role={rights}
            onChange={editable ? (next) => {
              set({ rights: draftOf(next) });
            } : null}
          />
        </Panel>
        <AuditRight
          rights={rights}
          onChange={editable ? (next) => {
            set({ rights: draftOf(next) });
          } : null}
        />
        {refused.rights && <span className={styles.error} role="alert">{refused.rights}</span>}
        {save.error && placed === undefined && <FailedLine error={save.error} />}
        {editable && (state.changed || !record) && (
          <SaveBar state={state} error={wrong.reason} busy={save.isPending} />
        )}
      </form>
      <Preview roleKey={record?.id ?? ''} role={rights} />
    </Page>
  );
}

type PartProps = Readonly<{ state: ReturnType<typeof useRoleDraft> }>;

function Naming({ state, disabled, name, remarks }: PartProps & Readonly<{
  disabled: boolean; name: string | undefined; remarks: string | undefined;
}>) {
  const { t } = useText();
  return (
    <Panel>
      <div className={styles.pair}>
        <TextRow
          id="role-name" label={t('roles.name')} value={state.name} error={name}
          disabled={disabled}
          onChange={(text) => {
            state.set({ name: text });
          }}
        />
        <TextRow
          id="role-remarks" label={t('roles.remarks')} value={state.remarks} error={remarks}
          disabled={disabled}
          onChange={(text) => {
            state.set({ remarks: text });
          }}
        />
      </div>
    </Panel>
  );
}

/** Stays in sight below a long list of rights. */
function SaveBar({ state, error, busy }: PartProps & Readonly<{
  error: string | undefined; busy: boolean;
}>) {
  const { t } = useText();
  return (
    <div className={styles.bar}>
      {state.needsReason ? (
        <TextRow
          id="role-reason" label={t('roles.reason')} value={state.reason} error={error}
          onChange={(text) => {
            state.set({ reason: text });
          }}
        />
      ) : <span className={styles.spring}>{state.changed && t('roles.unsaved')}</span>}
      {state.changed && <Button onClick={state.clear}>{t('action.discard')}</Button>}
      <Button type="primary" htmlType="submit" loading={busy}>{t('action.save')}</Button>
    </div>
  );
}

function TextRow({ id, label, value, error, disabled, onChange }: Readonly<{
  id: string; label: string; value: string; error: string | undefined; disabled?: boolean;
  onChange: (text: string) => void;
}>) {
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>{label}</label>
      <Input
        id={id} value={value} status={error === undefined ? '' : 'error'} disabled={disabled}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
      {error !== undefined && <span className={styles.error} role="alert">{error}</span>}
    </div>
  );
}
