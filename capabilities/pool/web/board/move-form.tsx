import { useQuery } from '@tanstack/react-query';
import { Checkbox, Input, Select } from 'antd';
import { useRef, useState } from 'react';
import { optionLabel } from '@/api/meta';
import { asProblem, errorsByField } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { PrincipalPicker } from '@/records/access/principal-picker';
import { useDraft } from '@/ui/draft';
import { FormActions } from '@/ui/form-actions';
import { showToast } from '@/ui/toast';
import { Field } from '../parts';
import { move, roundsQuery, usePoolChange } from '../pool-api';
import type { Act, PoolAccount } from '../pool-api';
import { ACT_KEYS, usePoolWords } from '../words';
import { bodyOf, choosesTier, EMPTY_MOVE, missingOf, needsReason } from './move-state';
import type { MoveDraft } from './move-state';
import styles from '../pool.module.css';

const DONE_KEYS: Readonly<Record<Act, string>> = {
  nominate: 'pool.done_nominate', request: 'pool.done_request', approve: 'pool.done_approve',
  reject: 'pool.done_reject', watch: 'pool.done_watch', exit: 'pool.done_exit',
  blacklist: 'pool.done_blacklist', lift: 'pool.done_lift',
};

type Props = Readonly<{ account: PoolAccount; act: Act; onDone: () => void }>;

function useMove({ account, act, onDone }: Props, draft: MoveDraft, clear: () => void) {
  const { t } = usePoolWords();
  return usePoolChange(() => move(account.account.id, act, bodyOf(draft, act)), () => {
    clear();
    showToast({ tone: 'success', text: t(DONE_KEYS[act], { name: account.account.name }) });
    onDone();
  });
}

/** What an act in the pool asks for; what is refused is said where it was typed. */
export function MoveForm(props: Props) {
  const { account, act, onDone } = props;
  const { t } = usePoolWords();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft, clear] = useDraft<MoveDraft>(
    `pool.${account.account.id}.${act}`, { ...EMPTY_MOVE, tier: startingTier(account, act) },
  );
  const [tried, setTried] = useState(false);
  const save = useMove(props, draft, clear);
  const missing = missingOf(draft, act);
  const problem = save.error ? asProblem(save.error) : null;
  const refused = problem ? errorsByField(problem) : {};
  const errorOf = (field: string) => {
    const key = tried ? missing[field] : undefined;
    return key === undefined ? refused[field] : t(key);
  };
  const placed = Object.keys(refused).some((field) => SHOWN.includes(field));
  const grave = act === 'exit' || act === 'blacklist';
  return (
    <form
      ref={form} className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        const [first] = Object.keys(missing);
        if (first === undefined) save.mutate();
        else form.current?.querySelector<HTMLElement>(`#move-${first}`)?.focus();
      }}
    >
      <h3 className={styles.heading}>{t(ACT_KEYS[act])}</h3>
      {act === 'blacklist' && <p className={styles.warning}>{t('pool.blacklist_text')}</p>}
      <Inputs
        act={act} draft={draft} errorOf={errorOf}
        set={(part) => {
          setDraft({ ...draft, ...part });
        }}
      />
      {problem && !placed && (
        <span className={styles.error} role="alert">{problemText(problem, t)}</span>
      )}
      <FormActions
        label={t(ACT_KEYS[act])} busy={save.isPending} danger={grave} onCancel={onDone}
      />
    </form>
  );
}

const SHOWN = [
  'reason', 'tier', 'round', 'evidence', 'from_department', 'to_department', 'amount',
];

/** Asked for with the tier that its points give; agreed to with the one asked for. */
function startingTier(account: PoolAccount, act: Act): string | null {
  if (!choosesTier(act)) return null;
  return account.entries.find((entry) => entry.until === null)?.tier ?? account.tier;
}

type InputProps = Readonly<{
  act: Act; draft: MoveDraft; errorOf: (field: string) => string | undefined;
  set: (part: Partial<MoveDraft>) => void;
}>;

function Inputs({ act, draft, errorOf, set }: InputProps) {
  const { t, language, tiers } = usePoolWords();
  return (
    <>
      {choosesTier(act) && (
        <Field label={t('pool.tier')} id="move-tier" error={errorOf('tier')}>
          <Select
            id="move-tier" allowClear value={draft.tier}
            options={tiers.map((one) => ({ value: one.key, label: optionLabel(one, language) }))}
            onChange={(tier: string | undefined) => {
              set({ tier: tier ?? null });
            }}
          />
        </Field>
      )}
      <Field
        label={t(needsReason(act) ? 'pool.reason' : 'pool.reason_free')} id="move-reason"
        error={errorOf('reason')}
      >
        <Input.TextArea
          id="move-reason" autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000}
          value={draft.reason} status={errorOf('reason') === undefined ? '' : 'error'}
          onChange={(event) => {
            set({ reason: event.target.value });
          }}
        />
      </Field>
      {act === 'request' && (
        <RequestInputs act={act} draft={draft} errorOf={errorOf} set={set} />
      )}
    </>
  );
}

function RequestInputs({ draft, errorOf, set }: InputProps) {
  const { t } = usePoolWords();
  const rounds = useQuery(roundsQuery).data?.rounds ?? [];
  const open = rounds.filter(({ state }) => state === 'open' || state === 'late');
  return (
    <>
      <Field
        label={t('pool.evidence_note')} id="move-evidence" error={errorOf('evidence')}
        note={t('pool.evidence_help')}
      >
        <Input.TextArea
          id="move-evidence" autoSize={{ minRows: 1, maxRows: 6 }} value={draft.note}
          status={errorOf('evidence') === undefined ? '' : 'error'}
          onChange={(event) => {
            set({ note: event.target.value });
          }}
        />
      </Field>
      {open.length > 0 && (
        <Field label={t('pool.round')} id="move-round" error={errorOf('round')}>
          <Select
            id="move-round" allowClear placeholder={t('pool.no_round')} value={draft.round}
            options={open.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(round: string | undefined) => {
              set({ round: round ?? null });
            }}
          />
        </Field>
      )}
      <Checkbox
        checked={draft.fast_track}
        onChange={(event) => {
          set({ fast_track: event.target.checked });
        }}
      >
        {t('pool.fast_track_ask')}
      </Checkbox>
      <Checkbox
        checked={draft.transfers}
        onChange={(event) => {
          set({ transfers: event.target.checked });
        }}
      >
        {t('pool.transfer_wish')}
      </Checkbox>
      {draft.transfers && <TransferInputs draft={draft} errorOf={errorOf} set={set} />}
    </>
  );
}

function TransferInputs({ draft, errorOf, set }: Omit<InputProps, 'act'>) {
  const { t } = usePoolWords();
  const ends = [['from_department', 'pool.from'], ['to_department', 'pool.to']] as const;
  return (
    <div className={styles.pair}>
      {ends.map(([name, label]) => (
        <Field key={name} label={t(label)} id={`move-${name}`} error={errorOf(name)}>
          <PrincipalPicker
            id={`move-${name}`} kind="department" value={draft[name]}
            invalid={errorOf(name) !== undefined}
            onChange={(department) => {
              set({ [name]: department });
            }}
          />
        </Field>
      ))}
      <Field label={t('pool.amount')} id="move-amount" error={errorOf('amount')}>
        <Input
          id="move-amount" inputMode="decimal" value={draft.amount}
          status={errorOf('amount') === undefined ? '' : 'error'}
          onChange={(event) => {
            set({ amount: event.target.value });
          }}
        />
      </Field>
      <Field label={t('pool.transfer_note')} id="move-transfer_note">
        <Input
          id="move-transfer_note" value={draft.transfer_note}
          onChange={(event) => {
            set({ transfer_note: event.target.value });
          }}
        />
      </Field>
    </div>
  );
}
