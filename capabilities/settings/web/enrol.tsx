import { useMutation } from '@tanstack/react-query';
import { Button, Input, QRCode } from 'antd';
import { Copy } from 'lucide-react';
import { useState } from 'react';
import { asProblem, errorsByField } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { useText } from '@/i18n/use-text';
import { Panel } from '@/ui/page';
import { showToast } from '@/ui/toast';
import { confirmSecondFactor } from './account-api';
import type { BegunFactor } from './account-api';
import styles from './settings.module.css';

const QR_PIXELS = 192;
const CODE_LENGTH = 6;

/** "GEZD GNBV …": easier to type. */
function inFours(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, '$1 ');
}

function useCopy(): (text: string) => void {
  const { t } = useText();
  return (text) => {
    navigator.clipboard.writeText(text).then(() => {
      showToast({ tone: 'success', text: t('tokens.copied') });
    }).catch(() => {
      showToast({ tone: 'error', text: t('tokens.copy_failed') });
    });
  };
}

/** Hands the secret to the app by a picture or by typing, then asks for its first code. */
export function Enrol({ begun, onDone, onLeave }: Readonly<{
  begun: BegunFactor; onDone: (codes: readonly string[]) => void; onLeave: () => void;
}>) {
  const { t } = useText();
  const copy = useCopy();
  return (
    <Panel title={t('factor.set_up')}>
      <ol className={styles.steps}>
        <li>
          <p className={styles.said}>{t('factor.scan')}</p>
          <div className={styles.scan}>
            <QRCode
              type="svg" value={begun.uri} size={QR_PIXELS} errorLevel="M"
              color="var(--print-ink)" bgColor="var(--print-paper)"
              aria-label={t('factor.picture')}
            />
            <div className={styles.typed}>
              <span className={styles.label}>{t('factor.type_instead')}</span>
              <code className={styles.secret}>{inFours(begun.secret)}</code>
              <Button
                size="small" icon={<Copy size={14} aria-hidden />}
                onClick={() => {
                  copy(begun.secret);
                }}
              >
                {t('tokens.copy')}
              </Button>
            </div>
          </div>
        </li>
        <li>
          <p className={styles.said}>{t('factor.confirm_text')}</p>
          <Confirm onDone={onDone} onLeave={onLeave} />
        </li>
      </ol>
    </Panel>
  );
}

function Confirm({ onDone, onLeave }: Readonly<{
  onDone: (codes: readonly string[]) => void; onLeave: () => void;
}>) {
  const { t } = useText();
  const [code, setCode] = useState('');
  const run = useMutation({
    mutationFn: () => confirmSecondFactor(code),
    onSuccess: (answer) => {
      onDone(answer.recovery_codes);
    },
  });
  const problem = run.error ? asProblem(run.error) : null;
  const error = problem ? errorsByField(problem).code ?? problemText(problem, t) : undefined;
  return (
    <form
      className={styles.inline}
      onSubmit={(event) => {
        event.preventDefault();
        if (code.length === CODE_LENGTH) run.mutate();
      }}
    >
      <label className={styles.field}>
        <span className={styles.label}>{t('factor.code')}</span>
        <Input
          autoFocus inputMode="numeric" autoComplete="one-time-code" spellCheck={false}
          maxLength={CODE_LENGTH} value={code} status={error === undefined ? '' : 'error'}
          onChange={(event) => {
            setCode(event.target.value.replace(/\D/g, ''));
          }}
        />
        {error !== undefined && <span className={styles.error} role="alert">{error}</span>}
      </label>
      <Button
        type="primary" htmlType="submit" disabled={code.length !== CODE_LENGTH}
        loading={run.isPending}
      >
        {t('factor.confirm')}
      </Button>
      <Button onClick={onLeave}>{t('action.cancel')}</Button>
    </form>
  );
}

/** Shown once; whoever has lost the app comes in with one of them. */
export function RecoveryCodes({ codes, onKept }: Readonly<{
  codes: readonly string[]; onKept: () => void;
}>) {
  const { t } = useText();
  const copy = useCopy();
  return (
    <Panel title={t('factor.codes')}>
      <p className={styles.said} role="status">{t('factor.codes_text')}</p>
      <ul className={styles.codes}>
        {codes.map((code) => <li key={code}><code>{code}</code></li>)}
      </ul>
      <div className={styles.actions}>
        <Button type="primary" onClick={onKept}>{t('factor.codes_kept')}</Button>
        <Button
          icon={<Copy size={14} aria-hidden />}
          onClick={() => {
            copy(codes.join('\n'));
          }}
        >
          {t('tokens.copy')}
        </Button>
      </div>
    </Panel>
  );
}
