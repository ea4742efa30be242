import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import type { InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { Problem } from '@/api/problem';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { metaQuery } from '@/api/meta';
import { sessionQuery, signIn } from '@/api/session';
import { setLanguage } from '@/i18n/language';
import type { Translate } from '@/i18n/use-text';
import { useText } from '@/i18n/use-text';
import { Logo } from './logo';
import styles from './sign-in.module.css';

/** Why it did not work, in plain words. */
export function signInText(problem: Problem, t: Translate): string {
  if (problem.status === 401) return t('sign_in.wrong');
  if (problem.status === 429) {
    const minutes = Math.max(1, Math.ceil((problem.retryAfterSeconds ?? 60) / 60));
    return t('sign_in.locked', { minutes });
  }
  if (problem.code === 'network') return t('sign_in.away');
  return problemText(problem, t);
}

/** Only a path of this site may be the way back. */
export function safeNext(next: string | null): string {
  return next?.startsWith('/') && !/^\/[/\\]/.test(next) ? next : '/';
}

function useSignIn() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  return useMutation({
    mutationFn: signIn,
    onSuccess: async (session) => {
      client.clear();
      client.setQueryData(sessionQuery.queryKey, session);
      await client.prefetchQuery(metaQuery);
      await navigate(safeNext(params.get('next')), { replace: true });
    },
  });
}

type Values = Readonly<{ login: string; password: string }>;
type CredentialsProps = Readonly<{
  values: Values; failed: boolean; box: RefObject<InputRef | null>; set: (values: Values) => void;
}>;

function Credentials({ values, failed, box, set }: CredentialsProps) {
  const { t } = useText();
  return (
    <>
      <label className={styles.field}>
        <span>{t('sign_in.login')}</span>
        <Input
          size="large"
          autoFocus
          name="login"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          value={values.login}
          onChange={(event) => {
            set({ ...values, login: event.target.value });
          }}
        />
      </label>
      <label className={styles.field}>
        <span>{t('sign_in.password')}</span>
        <Input
          size="large"
          ref={box}
          name="password"
          type="password"
          autoComplete="current-password"
          status={failed ? 'error' : ''}
          aria-describedby="sign-in-error"
          value={values.password}
          onChange={(event) => {
            set({ ...values, password: event.target.value });
          }}
        />
      </label>
    </>
  );
}

export default function SignIn() {
  const { t, language } = useText();
  const [values, setValues] = useState<Values>({ login: '', password: '' });
  const passwordBox = useRef<InputRef>(null);
  const attempt = useSignIn();
  const ready = values.login.trim() !== '' && values.password !== '';
  useEffect(() => {
    document.title = `${t('sign_in.title')} · Linchpin`;
  }, [t]);
  return (
    <main className={styles.page}>
      <form
        className={styles.card}
        aria-label={t('sign_in.title')}
        onSubmit={(event) => {
          event.preventDefault();
          if (!ready) return;
          attempt.mutate({ ...values, login: values.login.trim() }, {
            onError: () => passwordBox.current?.focus({ cursor: 'all' }),
          });
        }}
      >
        <div className={styles.brand}>
          <Logo size={32} />
          <h1 className={styles.name}>{t('app.name')}</h1>
        </div>
        <p className={styles.tagline}>{t('app.tagline')}</p>
        <Credentials values={values} failed={attempt.isError} box={passwordBox} set={setValues} />
        <p id="sign-in-error" role="alert" className={styles.error}>
          {attempt.isError && signInText(asProblem(attempt.error), t)}
        </p>
        <Button
          type="primary" size="large" htmlType="submit" block loading={attempt.isPending}
          disabled={!ready}
        >
          {t('sign_in.submit')}
        </Button>
      </form>
      <button
        type="button"
        className={styles.language}
        onClick={() => void setLanguage(language === 'en' ? 'zh-CN' : 'en')}
      >
        {t('language.other')}
      </button>
    </main>
  );
}
