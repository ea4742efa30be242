import { QueryClient, QueryClientProvider, useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { CircleCheck, FileQuestion } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useParams } from 'react-router';
import { api } from '@/api/client';
import { labelOf, metaQuery } from '@/api/meta';
import { asProblem, errorsByField } from '@/api/problem';
import type { components } from '@/api/schema';
import type { Fields, Meta } from '@/api/types';
import { setLanguage } from '@/i18n/language';
import { useText } from '@/i18n/use-text';
import { FormRow } from '@/records/form-row';
import { useDraft } from '@/ui/draft';
import { Failed, FailedLine, Notice, TableSkeleton } from '@/ui/states';
import styles from './public-form.module.css';

type Form = components['schemas']['PublicForm'];

const NOTHING: Fields = {};

/** The page of a form for whoever has its address; nobody is signed in here. */
export default function PublicForm() {
  const { token = '' } = useParams();
  const { t, language } = useText();
  const found = useQuery({
    queryKey: ['form', token], staleTime: Infinity,
    queryFn: () => api.get<Form>(`/forms/${token}`),
  });
  const gone = found.isError && asProblem(found.error).code === 'not_found';
  useEffect(() => {
    document.title = `${found.data?.title ?? t('view.form')} · Linchpin`;
  }, [found.data, t]);
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        {gone && (
          <Notice icon={FileQuestion} title={t('form.closed')} text={t('form.closed_text')} />
        )}
        {found.isError && !gone && (
          <Failed error={found.error} retry={() => void found.refetch()} />
        )}
        {found.isPending && <TableSkeleton rows={6} columns={1} />}
        {found.data && (
          <Questions token={token} form={found.data} renew={() => void found.refetch()} />
        )}
      </div>
      <button
        type="button" className={styles.language}
        onClick={() => void setLanguage(language === 'en' ? 'zh-CN' : 'en')}
      >
        {t('language.other')}
      </button>
    </main>
  );
}

/** Editors ask for the workspace's currency, which comes with the form. */
function clientFor({ currency }: Form): QueryClient {
  const client = new QueryClient();
  const meta = { workspace: { currency }, objects: [] };
  client.setQueryData(metaQuery.queryKey, meta as unknown as Meta);
  return client;
}

type Props = Readonly<{ token: string; form: Form; renew: () => void }>;

function Questions({ token, form, renew }: Props) {
  const { t, language } = useText();
  const [client] = useState(() => clientFor(form));
  const element = useRef<HTMLFormElement>(null);
  const trap = useRef<HTMLInputElement>(null);
  const [done, setDone] = useState(false);
  const [values, setValues, clear] = useDraft<Fields>(`public.${token}`, NOTHING);
  const send = useMutation({
    mutationFn: () => api.ask(`/forms/${token}`, {
      fields: values, ticket: form.ticket, website: trap.current?.value ?? '',
    }),
    onSuccess: () => {
      clear();
      setDone(true);
      renew();
    },
    onError: (error) => {
      const problem = asProblem(error);
      if (problem.body.reason === 'form_too_old') renew();
      const [first] = Object.keys(errorsByField(problem));
      element.current?.querySelector<HTMLElement>(`#new-${first ?? ''}`)?.focus();
    },
  }, client);
  if (done) {
    return (
      <Notice icon={CircleCheck} title={t('form.done')}>
        <Button
          onClick={() => {
            setDone(false);
          }}
        >
          {t('form.another')}
        </Button>
      </Notice>
    );
  }
  const errors = send.error ? errorsByField(asProblem(send.error)) : {};
  const unplaced = send.error && !form.fields.some((field) => errors[field.api_name]);
  return (
    <QueryClientProvider client={client}>
      <form
        ref={element} className={styles.form} aria-label={form.title}
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate();
        }}
      >
        <h1 className={styles.title}>{form.title || labelOf(form.object, language)}</h1>
        {form.intro !== '' && <p className={styles.intro}>{form.intro}</p>}
        {unplaced && <FailedLine error={send.error} />}
        {form.fields.map((field) => (
          <FormRow
            key={field.api_name} field={field} values={values} autoFocus={false}
            error={errors[field.api_name]}
            onChange={(value) => {
              setValues({ ...values, [field.api_name]: value });
            }}
          />
        ))}
        <div className={styles.trap} aria-hidden>
          <input ref={trap} name="website" tabIndex={-1} autoComplete="off" />
        </div>
        <Button type="primary" htmlType="submit" size="large" loading={send.isPending}>
          {t('form.submit')}
        </Button>
      </form>
    </QueryClientProvider>
  );
}
