import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { api } from '@/api/client';
import { asProblem, errorsByField } from '@/api/problem';
import { useText } from '@/i18n/use-text';
import { Panel } from '@/ui/page';
import { FailedLine } from '@/ui/states';
import { showToast } from '@/ui/toast';
import styles from './settings.module.css';

const NOTHING = { current: '', wanted: '', again: '' };
type Values = typeof NOTHING;

const FIELDS = [
  { name: 'current', label: 'password.current', autoComplete: 'current-password' },
  { name: 'wanted', label: 'password.new', autoComplete: 'new-password' },
  { name: 'again', label: 'password.again', autoComplete: 'new-password' },
] as const;

/** Changes the person's own password. */
export function PasswordForm() {
  const { t } = useText();
  const [values, setValues] = useState<Values>(NOTHING);
  const save = useMutation({
    mutationFn: () => api.ask('/session/password', {
      current: values.current, new: values.wanted,
    }),
    onSuccess: () => {
      setValues(NOTHING);
      showToast({ tone: 'success', text: t('password.changed') });
    },
  });
  const errors = save.error ? errorsByField(asProblem(save.error)) : {};
  const differ = values.again !== '' && values.again !== values.wanted;
  const shown: Readonly<Record<keyof Values, string | undefined>> = {
    current: errors.current, wanted: errors.new,
    again: differ ? t('password.differ') : undefined,
  };
  const ready = values.current !== '' && values.wanted !== '' && values.again === values.wanted;
  return (
    <Panel>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) save.mutate();
        }}
      >
        {FIELDS.map(({ name, label, autoComplete }) => (
          <label className={styles.field} key={name}>
            <span className={styles.label}>{t(label)}</span>
            <Input
              type="password"
              autoComplete={autoComplete}
              status={shown[name] === undefined ? '' : 'error'}
              value={values[name]}
              onChange={(event) => {
                setValues({ ...values, [name]: event.target.value });
              }}
            />
            {shown[name] !== undefined && (
              <span className={styles.error} role="alert">{shown[name]}</span>
            )}
          </label>
        ))}
        {save.error && Object.keys(errors).length === 0 && <FailedLine error={save.error} />}
        <div className={styles.actions}>
          <Button type="primary" htmlType="submit" disabled={!ready} loading={save.isPending}>
            {t('password.change')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
