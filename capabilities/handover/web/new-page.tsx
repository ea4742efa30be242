import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Segmented } from 'antd';
import { ChevronLeft, Plus } from 'lucide-react';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { fromZoned } from '@/lib/dates';
import { Page, Panel } from '@/ui/page';
import { FailedLine } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { createHandover, tryHandover } from './handover-api';
import type { Plan } from './handover-api';
import { LedgerTable, Points } from './ledger';
import { PersonSelect } from './people';
import { SplitForm } from './split-form';
import type { SplitDraft } from './split-form';
import styles from './handover.module.css';

const NO_SPLIT: SplitDraft = { to: '', accounts: [] };

/** Chooses who hands over to whom, shows what would happen, and does it. */
export default function NewPage() {
  const { t } = useText();
  const { workspace } = useMeta();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [splits, setSplits] = useState<readonly SplitDraft[]>([]);
  const [reason, setReason] = useState('');
  const [later, setLater] = useState(false);
  const [at, setAt] = useState('');
  const plan: Plan = {
    from, to, reason,
    splits: splits.filter((one) => one.to !== '' && one.accounts.length > 0),
    execute_at: later && at !== '' ? fromZoned(`${at}:00`, workspace.time_zone) : null,
  };
  const trial = useMutation({ mutationFn: () => tryHandover(plan) });
  const carryOut = useMutation({
    mutationFn: () => createHandover(plan),
    onSuccess: async (made) => {
      await client.invalidateQueries();
      showToast({
        tone: 'success', text: t(later ? 'handover.was_prepared' : 'handover.was_done'),
      });
      void navigate(`/handover/${made.id}`);
    },
  });
  const changed = <T,>(set: (value: T) => void) => (value: T) => {
    trial.reset();
    set(value);
  };
  const complete = from !== '' && to !== '' && (!later || at !== '');
  return (
    <Page
      narrow title={t('handover.new')} note={t('handover.new_note')}
      above={<Link className={styles.back} to="/handover"><ChevronLeft size={14} aria-hidden />{t('handover.title')}</Link>}
    >
      <Panel>
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            trial.mutate();
          }}
        >
          <div className={styles.columns}>
            <Field id="handover-from" label={t('handover.from')}>
              <PersonSelect
                id="handover-from" label={t('handover.from')} value={from} onChange={changed(setFrom)}
              />
            </Field>
            <Field id="handover-to" label={t('handover.to')}>
              <PersonSelect
                id="handover-to" label={t('handover.to')} value={to} active onChange={changed(setTo)}
              />
            </Field>
          </div>
          {splits.map((split, index) => (
            <SplitForm
              key={index} from={from} split={split} place={index + 1}
              onChange={(next) => {
                changed(setSplits)(next === null
                  ? splits.filter((_, other) => other !== index)
                  : splits.map((one, other) => (other === index ? next : one)));
              }}
            />
          ))}
          {from !== '' && (
            <Button
              type="dashed" icon={<Plus size={14} aria-hidden />}
              onClick={() => {
                changed(setSplits)([...splits, NO_SPLIT]);
              }}
            >
              {t('handover.add_split')}
            </Button>
          )}
          <Field id="handover-reason" label={t('handover.reason')}>
            <Input
              id="handover-reason" value={reason} maxLength={500}
              onChange={(event) => {
                setReason(event.target.value);
              }}
            />
          </Field>
          <When later={later} at={at} onLater={setLater} onAt={setAt} />
          {trial.error && <FailedLine error={trial.error} />}
          <div className={styles.actions}>
            <Button htmlType="submit" disabled={!complete} loading={trial.isPending}>
              {t('handover.try')}
            </Button>
          </div>
        </form>
      </Panel>
      {trial.data && (
        <>
          <Panel title={t('handover.would_happen')} flush>
            <LedgerTable ledger={trial.data.ledger} />
          </Panel>
          <Panel title={t('handover.points')} flush><Points points={trial.data.open_points} /></Panel>
          <Panel>
            {carryOut.error && <FailedLine error={carryOut.error} />}
            <div className={styles.actions}>
              <Button
                type="primary" loading={carryOut.isPending}
                onClick={() => {
                  carryOut.mutate();
                }}
              >
                {t(later ? 'handover.prepare' : 'handover.carry_out')}
              </Button>
              <span className="faint">{t('handover.can_be_undone')}</span>
            </div>
          </Panel>
        </>
      )}
    </Page>
  );
}

type FieldProps = Readonly<{ id: string; label: string; children: React.ReactNode }>;

function Field({ id, label, children }: FieldProps) {
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>{label}</label>
      {children}
    </div>
  );
}

type WhenProps = Readonly<{
  later: boolean; at: string; onLater: (later: boolean) => void; onAt: (at: string) => void;
}>;

function When({ later, at, onLater, onAt }: WhenProps) {
  const { t } = useText();
  return (
    <div className={styles.when}>
      <Segmented<string>
        aria-label={t('handover.when')} value={later ? 'later' : 'now'}
        options={[
          { value: 'now', label: t('handover.at_once') },
          { value: 'later', label: t('handover.at_a_time') },
        ]}
        onChange={(value) => {
          onLater(value === 'later');
        }}
      />
      {later && (
        <Input
          type="datetime-local" aria-label={t('handover.when')} value={at} className={styles.time}
          onChange={(event) => {
            onAt(event.target.value);
          }}
        />
      )}
    </div>
  );
}
