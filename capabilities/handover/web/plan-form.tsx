import { Button, Input, Segmented } from 'antd';
import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText } from '@/i18n/use-text';
import { PersonSelect } from './people';
import type { Draft } from './plan-draft';
import { SplitForm } from './split-form';
import styles from './handover.module.css';

const MOST_REASON = 500;

type Props = Readonly<{ draft: Draft; onChange: (draft: Draft) => void }>;

/** Who hands over to whom, which accounts go elsewhere, why and when. */
export function PlanForm({ draft, onChange }: Props) {
  const { t } = useText();
  const { from, to, splits, reason } = draft;
  return (
    <>
      <div className={styles.columns}>
        <Field id="handover-from" label={t('handover.from')}>
          <PersonSelect
            id="handover-from" label={t('handover.from')} value={from}
            onChange={(next) => {
              onChange({ ...draft, from: next, splits: [] });
            }}
          />
        </Field>
        <Field id="handover-to" label={t('handover.to')}>
          <PersonSelect
            id="handover-to" label={t('handover.to')} value={to} active
            onChange={(next) => {
              onChange({ ...draft, to: next });
            }}
          />
        </Field>
      </div>
      {splits.map((split, index) => (
        <SplitForm
          key={index} from={from} split={split} place={index + 1}
          onChange={(next) => {
            onChange({ ...draft, splits: splits.flatMap((one, other) => {
              if (other !== index) return [one];
              return next === null ? [] : [next];
            }) });
          }}
        />
      ))}
      {from !== '' && (
        <Button
          type="dashed" icon={<Plus size={14} aria-hidden />}
          onClick={() => {
            onChange({ ...draft, splits: [...splits, { to: '', accounts: [] }] });
          }}
        >
          {t('handover.add_split')}
        </Button>
      )}
      <Field id="handover-reason" label={t('handover.reason')}>
        <Input
          id="handover-reason" value={reason} maxLength={MOST_REASON}
          onChange={(event) => {
            onChange({ ...draft, reason: event.target.value });
          }}
        />
      </Field>
      <When draft={draft} onChange={onChange} />
    </>
  );
}

type FieldProps = Readonly<{ id: string; label: string; children: ReactNode }>;

function Field({ id, label, children }: FieldProps) {
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>{label}</label>
      {children}
    </div>
  );
}

function When({ draft, onChange }: Props) {
  const { t } = useText();
  return (
    <div className={styles.when}>
      <Segmented<string>
        aria-label={t('handover.when')} value={draft.later ? 'later' : 'now'}
        options={[
          { value: 'now', label: t('handover.at_once') },
          { value: 'later', label: t('handover.at_a_time') },
        ]}
        onChange={(value) => {
          onChange({ ...draft, later: value === 'later' });
        }}
      />
      {draft.later && (
        <Input
          type="datetime-local" aria-label={t('handover.when')} value={draft.at}
          className={styles.time}
          onChange={(event) => {
            onChange({ ...draft, at: event.target.value });
          }}
        />
      )}
    </div>
  );
}
