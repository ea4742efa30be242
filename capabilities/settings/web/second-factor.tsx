import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { ShieldCheck, ShieldOff } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { asProblem, errorsByField } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { useText } from '@/i18n/use-text';
import { Panel } from '@/ui/page';
import { Bone, Failed } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { beginSecondFactor, removeSecondFactor, secondFactorQuery } from './account-api';
import type { BegunFactor, SecondFactor as Factor } from './account-api';
import { Enrol, RecoveryCodes } from './enrol';
import styles from './settings.module.css';

const FEW_CODES = 3;

/** A code of an authenticator app beside the password: set up, recovery codes, turn off. */
export function SecondFactor() {
  const { t } = useText();
  const client = useQueryClient();
  const found = useQuery(secondFactorQuery);
  const [begun, setBegun] = useState<BegunFactor | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const refresh = () => client.invalidateQueries({ queryKey: secondFactorQuery.queryKey });
  if (found.isPending) {
    return (
      <Panel>
        <div className={styles.form}><Bone width={240} /><Bone width={320} height={32} /></div>
      </Panel>
    );
  }
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (codes) {
    return (
      <RecoveryCodes
        codes={codes}
        onKept={() => {
          setCodes(null);
        }}
      />
    );
  }
  if (begun) {
    return (
      <Enrol
        begun={begun}
        onDone={(made) => {
          setBegun(null);
          setCodes(made);
          void refresh();
        }}
        onLeave={() => {
          setBegun(null);
          void refresh();
        }}
      />
    );
  }
  if (found.data.state === 'on') {
    return (
      <TurnOff
        factor={found.data}
        onDone={() => {
          void refresh();
          showToast({ tone: 'success', text: t('factor.is_off') });
        }}
      />
    );
  }
  return <Begin factor={found.data} onBegun={setBegun} />;
}

function Begin({ factor, onBegun }: Readonly<{
  factor: Factor; onBegun: (begun: BegunFactor) => void;
}>) {
  const { t } = useText();
  return (
    <Panel>
      <Standing icon={ShieldOff} title={t('factor.off')}>
        {t(factor.state === 'begun' ? 'factor.begun_text' : 'factor.off_text')}
      </Standing>
      <PasswordStep label={t('factor.begin')} work={beginSecondFactor} onDone={onBegun} />
    </Panel>
  );
}

function TurnOff({ factor, onDone }: Readonly<{ factor: Factor; onDone: () => void }>) {
  const { t } = useText();
  const few = factor.recovery_codes <= FEW_CODES;
  return (
    <Panel>
      <Standing icon={ShieldCheck} title={t('factor.on')}>
        {t('factor.codes_left', { n: factor.recovery_codes })}{' '}
        {few && <b className={styles.error}>{t('factor.codes_few')}</b>}
      </Standing>
      <PasswordStep danger label={t('factor.turn_off')} work={removeSecondFactor} onDone={onDone} />
    </Panel>
  );
}

function Standing({ icon: Icon, title, children }: Readonly<{
  icon: LucideIcon; title: string; children: ReactNode;
}>) {
  return (
    <div className={styles.standing}>
      <Icon size={20} strokeWidth={1.6} aria-hidden />
      <div>
        <h2 className={styles.name}>{title}</h2>
        <p className={styles.said}>{children}</p>
      </div>
    </div>
  );
}

/** What asks for one's password once more. */
function PasswordStep<T>({ label, danger = false, work, onDone }: Readonly<{
  label: string; danger?: boolean; work: (current: string) => Promise<T>;
  onDone: (answer: T) => void;
}>) {
  const { t } = useText();
  const [current, setCurrent] = useState('');
  const run = useMutation({ mutationFn: () => work(current), onSuccess: onDone });
  const problem = run.error ? asProblem(run.error) : null;
  const error = problem
    ? errorsByField(problem).current ?? problemText(problem, t) : undefined;
  return (
    <form
      className={styles.inline}
      onSubmit={(event) => {
        event.preventDefault();
        if (current !== '') run.mutate();
      }}
    >
      <label className={styles.field}>
        <span className={styles.label}>{t('password.current')}</span>
        <Input
          type="password" autoComplete="current-password" value={current}
          status={error === undefined ? '' : 'error'}
          onChange={(event) => {
            setCurrent(event.target.value);
          }}
        />
        {error !== undefined && <span className={styles.error} role="alert">{error}</span>}
      </label>
      <Button
        type={danger ? 'default' : 'primary'} danger={danger} htmlType="submit"
        disabled={current === ''} loading={run.isPending}
      >
        {label}
      </Button>
    </form>
  );
}
