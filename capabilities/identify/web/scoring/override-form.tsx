import { useMutation, useQueryClient } from '@tanstack/react-query';
import { DatePicker, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useRef, useState } from 'react';
import { optionLabel, useMeta } from '@/api/meta';
import { asProblem, errorsByField } from '@/api/problem';
import { createRecord } from '@/api/records';
import { addDays, todayIn } from '@/lib/dates';
import { PrincipalPicker } from '@/records/access/principal-picker';
import { useDraft } from '@/ui/draft';
import { FormActions } from '@/ui/form-actions';
import { FailedLine } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { Field } from './basics';
import { missingOf } from './override-state';
import type { OverrideDraft } from './override-state';
import { useWords } from './use-words';
import styles from './scoring.module.css';

const USUAL_DAYS = 180;
const LONGEST_DAYS = 366;

/** Asks for a tier against the points: it holds once its approver has agreed. */
export function OverrideForm({ account, onDone }: Readonly<{
  account: string; onDone: () => void;
}>) {
  const { t } = useWords();
  const { workspace } = useMeta();
  const client = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const today = todayIn(workspace.time_zone);
  const [draft, setDraft, clear] = useDraft<OverrideDraft>(`override.${account}`, {
    tier: null, reason: '', approver: null, expires_on: addDays(today, USUAL_DAYS),
  });
  const [tried, setTried] = useState(false);
  const save = useMutation({
    mutationFn: () => createRecord('score_override', {
      ...draft, account, reason: draft.reason.trim(),
    }),
    onSuccess: async () => {
      clear();
      await client.invalidateQueries({ queryKey: ['records', 'score_override'] });
      showToast({ tone: 'success', text: t('scoring.given_asked') });
      onDone();
    },
    onError: (error) => {
      focus(Object.keys(errorsByField(asProblem(error)))[0]);
    },
  });
  const focus = (field: string | undefined) => {
    form.current?.querySelector<HTMLElement>(`#override-${field ?? ''}`)?.focus();
  };
  const missing = missingOf(draft);
  const refused = save.error ? errorsByField(asProblem(save.error)) : {};
  const errorOf = (field: keyof OverrideDraft) => {
    const key = tried ? missing[field] : undefined;
    return key === undefined ? refused[field] : t(key);
  };
  return (
    <form
      ref={form} className={styles.give}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        const [first] = Object.keys(missing);
        if (first === undefined) save.mutate();
        else focus(first);
      }}
    >
      <Inputs
        draft={draft} today={today} errorOf={errorOf}
        set={(part) => {
          setDraft({ ...draft, ...part });
        }}
      />
      {save.error && Object.keys(refused).length === 0 && <FailedLine error={save.error} />}
      <FormActions label={t('scoring.given_ask')} busy={save.isPending} onCancel={onDone} />
    </form>
  );
}

type InputProps = Readonly<{
  draft: OverrideDraft; today: string;
  errorOf: (field: keyof OverrideDraft) => string | undefined;
  set: (part: Partial<OverrideDraft>) => void;
}>;

function Inputs({ draft, today, errorOf, set }: InputProps) {
  const { t, language, tiers } = useWords();
  return (
    <>
      <div className={styles.pair}>
        <Field label={t('scoring.tier')} id="override-tier" error={errorOf('tier')}>
          <Select
            id="override-tier" value={draft.tier} placeholder={t('scoring.choose')}
            status={errorOf('tier') === undefined ? '' : 'error'}
            options={tiers.map((one) => ({ value: one.key, label: optionLabel(one, language) }))}
            onChange={(tier: string) => {
              set({ tier });
            }}
          />
        </Field>
        <Field
          label={t('scoring.given_end')} id="override-expires_on" error={errorOf('expires_on')}
        >
          <DatePicker
            id="override-expires_on" minDate={dayjs(today)}
            maxDate={dayjs(addDays(today, LONGEST_DAYS))}
            status={errorOf('expires_on') === undefined ? '' : 'error'}
            value={draft.expires_on === null ? null : dayjs(draft.expires_on)}
            onChange={(day) => {
              set({ expires_on: day ? day.format('YYYY-MM-DD') : null });
            }}
          />
        </Field>
        <Field label={t('scoring.approver')} id="override-approver" error={errorOf('approver')}>
          <PrincipalPicker
            id="override-approver" kind="user" value={draft.approver}
            invalid={errorOf('approver') !== undefined}
            onChange={(approver) => {
              set({ approver });
            }}
          />
        </Field>
      </div>
      <Field label={t('scoring.reason')} id="override-reason" error={errorOf('reason')}>
        <Input.TextArea
          id="override-reason" value={draft.reason} autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={2000} placeholder={t('scoring.reason_example')}
          status={errorOf('reason') === undefined ? '' : 'error'}
          onChange={(event) => {
            set({ reason: event.target.value });
          }}
        />
      </Field>
    </>
  );
}
