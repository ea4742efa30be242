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
import { forgetKeptPages } from '@/lib/kept-pages';
import { Logo } from './logo';
import { safeNext } from './safe-next';
import { SignInElsewhere } from './sign-in-elsewhere';
import styles from './sign-in.module.css';

/** Login and password are right, and the second factor is missing or wrong. */
export function asksForCode(problem: Problem): boolean {
  const { reason } = problem.body;
  return problem.status === 401 && (reason === 'code_required' || reason === 'wrong_code');
}

/** Why it did not work, in plain words. */
export function signInText(problem: Problem, t: Translate): string {
  if (asksForCode(problem)) {
    return t(problem.body.reason === 'wrong_code' ? 'sign_in.wrong_code' : 'sign_in.code_required');
  }
  if (problem.status === 401) return t('sign_in.wrong');
  if (problem.status === 429) {
    const minutes = Math.max(1, Math.ceil((problem.retryAfterSeconds ?? 60) / 60));
    return t('sign_in.locked', { minutes });
  }
  if (problem.code === 'network') return t('sign_in.away');
  return problemText(problem, t);
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

type Values = Readonly<{ login: string; password: string; code: string }>;
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

function CodeField({ values, set }: Pick<CredentialsProps, 'values' | 'set'>) {
  const { t } = useText();
  return (
    <label className={styles.field}>
      <span>{t('sign_in.code')}</span>
      <Input
        size="large"
        autoFocus
        name="code"
        autoComplete="one-time-code"
        spellCheck={false}
        aria-describedby="sign-in-error"
        value={values.code}
        onChange={(event) => {
          set({ ...values, code: event.target.value });
        }}
      />
    </label>
  );
}

export default function SignIn() {
  const { t, language } = useText();
  const [values, setValues] = useState<Values>({ login: '', password: '', code: '' });
  const [coded, setCoded] = useState(false);
  const passwordBox = useRef<InputRef>(null);
  const attempt = useSignIn();
  const ready = values.login.trim() !== '' && values.password !== '';
  useEffect(() => {
    document.title = `${t('sign_in.title')} · Linchpin`;
  }, [t]);
  useEffect(() => {
    void forgetKeptPages();
  }, []);
  return (
    <main className={styles.page}>
      <form
        className={styles.card}
        aria-label={t('sign_in.title')}
        onSubmit={(event) => {
          event.preventDefault();
          if (!ready) return;
          const { login, password, code } = values;
          attempt.mutate({ login: login.trim(), password, ...(coded && { code }) }, {
            onError: (error) => {
              if (asksForCode(asProblem(error))) setCoded(true);
              else passwordBox.current?.focus({ cursor: 'all' });
            },
          });
        }}
      >
        <div className={styles.brand}>
          <Logo size={32} />
          <h1 className={styles.name}>{t('app.name')}</h1>
        </div>
        <p className={styles.tagline}>{t('app.tagline')}</p>
        <Credentials
          values={values} failed={attempt.isError && !coded} box={passwordBox} set={setValues}
        />
        {coded && <CodeField values={values} set={setValues} />}
        <p id="sign-in-error" role="alert" className={styles.error}>
          {attempt.isError && signInText(asProblem(attempt.error), t)}
        </p>
        <Button
          type="primary" size="large" htmlType="submit" block loading={attempt.isPending}
          disabled={!ready}
        >
          {t('sign_in.submit')}
        </Button>
        <SignInElsewhere />
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
