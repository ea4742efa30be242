import { Button, DatePicker, Segmented, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import type { ShareLevel } from '@/api/access';
import { useMeta } from '@/api/meta';
import { asProblem, errorsByField } from '@/api/problem';
import type { ObjectMeta } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { FailedLine } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { levelKey, shareErrors, withShare } from './grant-text';
import type { ShareDraft } from './grant-text';
import { PrincipalPicker } from './principal-picker';
import { useChangeShares } from './use-change-shares';
import styles from './access.module.css';

const NOTHING: ShareDraft = { kind: 'user', principal: null, level: 'read', expires: null };
const LEVELS: readonly ShareLevel[] = ['read', 'edit'];

type Props = Readonly<{ object: ObjectMeta; id: string }>;

/** Gives a person or a department access to one record, for good or until a minute. */
export function ShareForm({ object, id }: Props) {
  const { t } = useText();
  const [draft, setDraft] = useState(NOTHING);
  const [tried, setTried] = useState<Readonly<Record<string, string>>>({});
  const change = useChangeShares(object.api_name, id);
  const refused = change.error ? errorsByField(asProblem(change.error)) : {};
  const errorOf = (field: string) => (
    tried[field] === undefined ? refused[field] : t(tried[field])
  );
  const set = (part: Partial<ShareDraft>) => {
    setDraft({ ...draft, ...part });
    setTried({});
  };
  const submit = () => {
    const errors = shareErrors(draft, Date.now());
    setTried(errors);
    const { principal, level, expires } = draft;
    if (Object.keys(errors).length > 0 || principal === null) return;
    change.mutate((now) => withShare(now, { principal, level, expires_at: expires }), {
      onSuccess: () => {
        setDraft({ ...NOTHING, kind: draft.kind });
        showToast({ tone: 'success', text: t('access.shared') });
      },
    });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className={styles.form}>
        <Inputs draft={draft} set={set} errorOf={errorOf} />
        <div className={styles.submit}>
          <Button type="primary" htmlType="submit" loading={change.isPending}>
            {t('access.give')}
          </Button>
        </div>
      </div>
      {change.error && Object.keys(refused).length === 0 && <FailedLine error={change.error} />}
    </form>
  );
}

type InputProps = Readonly<{
  draft: ShareDraft;
  set: (part: Partial<ShareDraft>) => void;
  errorOf: (field: string) => string | undefined;
}>;

function Inputs({ draft, set, errorOf }: InputProps) {
  const { t } = useText();
  const { objects } = useMeta();
  const kinds = ([['user', 'access.person'], ['department', 'access.department']] as const)
    .filter(([kind]) => objects.some((one) => one.api_name === kind))
    .map(([value, key]) => ({ value, label: t(key) }));
  return (
    <>
      <div className={styles.field}>
        <span className={styles.label}>{t('access.with')}</span>
        <Segmented<ShareDraft['kind']>
          value={draft.kind} options={kinds}
          onChange={(kind) => {
            set({ kind, principal: null });
          }}
        />
      </div>
      <div className={styles.field}>
        <label className={styles.label} htmlFor="share-principal">{t('access.name')}</label>
        <PrincipalPicker
          id="share-principal" kind={draft.kind} value={draft.principal}
          invalid={errorOf('principal') !== undefined}
          onChange={(principal) => {
            set({ principal });
          }}
        />
        <Wrong text={errorOf('principal')} />
      </div>
      <div className={styles.field}>
        <label className={styles.label} htmlFor="share-level">{t('access.level')}</label>
        <Select<ShareLevel>
          id="share-level" value={draft.level}
          options={LEVELS.map((value) => ({ value, label: t(levelKey(value)) }))}
          onChange={(level) => {
            set({ level });
          }}
        />
        <Wrong text={errorOf('level')} />
      </div>
      <div className={styles.field}>
        <label className={styles.label} htmlFor="share-expires">{t('access.expires')}</label>
        <DatePicker
          id="share-expires" showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm"
          placeholder={t('access.for_ever')}
          status={errorOf('expires_at') === undefined ? '' : 'error'}
          value={draft.expires === null ? null : dayjs(draft.expires)}
          onKeyDown={(event) => {
            // Enter takes the time that was typed; it does not share yet.
            if (event.key === 'Enter') event.preventDefault();
          }}
          onChange={(moment) => {
            set({ expires: moment ? moment.toDate().toISOString() : null });
          }}
        />
        <Wrong text={errorOf('expires_at')} />
      </div>
    </>
  );
}

function Wrong({ text }: Readonly<{ text: string | undefined }>) {
  if (text === undefined) return null;
  return <span className={styles.error} role="alert">{text}</span>;
}
