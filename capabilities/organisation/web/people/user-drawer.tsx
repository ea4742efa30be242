import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Input, Popconfirm } from 'antd';
import { useState } from 'react';
import { useObjectMeta } from '@/api/meta';
import { asProblem, errorsByField } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { patchRecord, recordById } from '@/api/records';
import type { ObjectMeta, RecordRow } from '@/api/types';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { Failed, TableSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { userErrors } from './checks';
import { Deputies } from './deputies';
import { setPassword, takeSecondFactor } from './people-api';
import { RecordForm } from './record-form';
import styles from '../organisation.module.css';

const NAMES = [
  'name', 'login', 'title', 'department', 'manager', 'assists', 'roles', 'own_roles', 'email',
  'phone', 'locale',
] as const;
const SELECT = [...NAMES, 'active', 'department.name', 'manager.name'];
const SHORTEST_PASSWORD = 10;

type Props = Readonly<{
  object: ObjectMeta; id: string; department: string | null; onOpen: (id: string) => void;
  onClose: () => void;
}>;

/** A person: who it is, roles, deputies, password, and whether they may still sign in. */
export function UserDrawer({ object, id, department, onOpen, onClose }: Props) {
  const { t } = useText();
  const isNew = id === 'new';
  const found = useQuery({ ...recordById('user', id, SELECT), enabled: !isNew });
  const title = isNew ? t('people.new') : asText(found.data?.fields.name) || '…';
  const given = department === null ? undefined : { department };
  return (
    <Drawer open size={480} title={title} onClose={onClose} destroyOnHidden>
      {!isNew && found.isPending && <TableSkeleton rows={6} columns={1} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {(isNew || found.data) && (
        <RecordForm
          key={id} object={object} names={NAMES} record={found.data ?? null} given={given}
          check={(values) => userErrors(isNew ? null : id, values)}
          onSaved={(saved) => {
            onOpen(saved.id);
          }}
        />
      )}
      {found.data && <Deputies user={found.data.id} />}
      {found.data && object.rights.update && (
        <>
          <Password user={found.data.id} />
          <SecondFactor user={found.data.id} />
          <Active record={found.data} />
        </>
      )}
    </Drawer>
  );
}

/** Whoever has lost the phone cannot come in without it. */
function SecondFactor({ user }: Readonly<{ user: string }>) {
  const { t } = useText();
  const take = useMutation({
    mutationFn: () => takeSecondFactor(user),
    onSuccess: () => {
      showToast({ tone: 'success', text: t('people.factor_taken') });
    },
    onError: (error) => {
      const problem = asProblem(error);
      const text = problem.code === 'not_found' ? t('people.no_factor') : problemText(problem, t);
      showToast({ tone: 'error', text });
    },
  });
  return (
    <div className={styles.section}>
      <h3>{t('people.factor')}</h3>
      <p className="faint">{t('people.factor_text')}</p>
      <Popconfirm
        title={t('people.factor_ask')} okText={t('people.factor_take')}
        cancelText={t('action.cancel')}
        onConfirm={() => {
          take.mutate();
        }}
      >
        <Button loading={take.isPending}>{t('people.factor_take')}</Button>
      </Popconfirm>
    </div>
  );
}

function Password({ user }: Readonly<{ user: string }>) {
  const { t } = useText();
  const [password, setText] = useState('');
  const [short, setShort] = useState(false);
  const save = useMutation({
    mutationFn: () => setPassword(user, password),
    onSuccess: () => {
      setText('');
      showToast({ tone: 'success', text: t('people.password_set') });
    },
  });
  const problem = save.error ? asProblem(save.error) : null;
  const refused = problem ? errorsByField(problem).password ?? problemText(problem, t) : undefined;
  const error = short ? t('people.password_short', { n: SHORTEST_PASSWORD }) : refused;
  return (
    <form
      className={styles.section}
      onSubmit={(event) => {
        event.preventDefault();
        setShort(password.length < SHORTEST_PASSWORD);
        if (password.length >= SHORTEST_PASSWORD) save.mutate();
      }}
    >
      <h3>{t('people.password')}</h3>
      <label className={styles.field}>
        <span className={styles.label}>{t('people.password_new')}</span>
        <Input.Password
          autoComplete="new-password" value={password} status={error ? 'error' : ''}
          onChange={(event) => {
            setText(event.target.value);
            setShort(false);
          }}
        />
        {error && <span className={styles.error} role="alert">{error}</span>}
        <span className="faint">{t('people.password_text')}</span>
      </label>
      <Button htmlType="submit" loading={save.isPending}>{t('people.password_save')}</Button>
    </form>
  );
}

function Active({ record }: Readonly<{ record: RecordRow }>) {
  const { t } = useText();
  const client = useQueryClient();
  const canUpdate = useObjectMeta('user')?.rights.update === true;
  const active = record.fields.active !== false;
  const change = useMutation({
    mutationFn: (wanted: boolean) => patchRecord('user', record.id, {
      fields: { active: wanted }, base: { active: !wanted },
    }),
    onSuccess: async (_, wanted) => {
      await client.invalidateQueries({ queryKey: ['records', 'user'] });
      const action = { label: t('action.undo'), perform: () => {
        change.mutate(true);
      } };
      if (wanted) showToast({ tone: 'success', text: t('people.enabled') });
      else showToast({ tone: 'info', text: t('people.disabled'), action });
    },
    onError: (error) => {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    },
  });
  const enable = () => {
    change.mutate(true);
  };
  return (
    <div className={styles.section}>
      <h3>{t(active ? 'people.disable' : 'people.is_disabled')}</h3>
      <p className="faint">{t('people.disable_text')}</p>
      {active ? (
        <Popconfirm
          title={t('people.disable_ask', { name: asText(record.fields.name) })}
          okText={t('people.disable')} cancelText={t('action.cancel')}
          onConfirm={() => {
            change.mutate(false);
          }}
        >
          <Button danger disabled={!canUpdate} loading={change.isPending}>
            {t('people.disable')}
          </Button>
        </Popconfirm>
      ) : <Button onClick={enable} loading={change.isPending}>{t('people.enable')}</Button>}
    </div>
  );
}
