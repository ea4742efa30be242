import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Popconfirm, Select, Table } from 'antd';
import type { TableColumnsType } from 'antd';
import { Copy, KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { useText } from '@/i18n/use-text';
import { addDays, formatDateTime, todayIn } from '@/lib/dates';
import { Panel } from '@/ui/page';
import { Failed, FailedLine, Notice, TableSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { createToken, revokeToken, tokenList } from './tokens-api';
import type { NewToken, Token, TokenScope } from './tokens-api';
import styles from './settings.module.css';

const LIFETIMES_DAYS = [30, 90, 365, 0] as const;
const DEFAULT_DAYS = 90;

/** Keys with which other programs act for this person. A key is shown once. */
export function Tokens() {
  const { t } = useText();
  const [made, setMade] = useState<NewToken | null>(null);
  return (
    <div className={styles.stack}>
      <Panel title={t('tokens.new')}>
        <NewTokenForm onMade={setMade} />
        {made && <Made token={made} />}
      </Panel>
      <Panel flush title={t('tokens.list')}><TokenTable /></Panel>
    </div>
  );
}

function NewTokenForm({ onMade }: Readonly<{ onMade: (token: NewToken) => void }>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [days, setDays] = useState<number>(DEFAULT_DAYS);
  const [scope, setScope] = useState<TokenScope>('read');
  const create = useMutation({
    mutationFn: () => {
      const last = addDays(todayIn(workspace.time_zone), days);
      const expires_at = days === 0 ? undefined : `${last}T00:00:00Z`;
      return createToken({ name: name.trim(), scope, expires_at });
    },
    onSuccess: async (token) => {
      setName('');
      onMade(token);
      await client.invalidateQueries({ queryKey: tokenList.queryKey });
    },
  });
  return (
    <form
      className={styles.inline}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') create.mutate();
      }}
    >
      <label className={styles.field}>
        <span className={styles.label}>{t('tokens.name')}</span>
        <Input
          placeholder={t('tokens.name_example')}
          value={name}
          onChange={(event) => {
            setName(event.target.value);
          }}
        />
      </label>
      <label className={styles.field}>
        <span className={styles.label}>{t('tokens.scope')}</span>
        <Select<TokenScope>
          value={scope}
          options={[
            { value: 'read', label: t('tokens.read') },
            { value: 'write', label: t('tokens.write') },
          ]}
          onChange={setScope}
        />
      </label>
      <label className={styles.field}>
        <span className={styles.label}>{t('tokens.lifetime')}</span>
        <Select<number>
          value={days}
          options={LIFETIMES_DAYS.map((value) => ({
            value, label: value === 0 ? t('tokens.for_ever') : t('tokens.days', { n: value }),
          }))}
          onChange={setDays}
        />
      </label>
      <Button
        type="primary" htmlType="submit" disabled={name.trim() === ''} loading={create.isPending}
      >
        {t('tokens.create')}
      </Button>
      {create.isError && <FailedLine error={create.error} />}
    </form>
  );
}

function Made({ token }: Readonly<{ token: NewToken }>) {
  const { t } = useText();
  const copy = () => {
    navigator.clipboard.writeText(token.token).then(() => {
      showToast({ tone: 'success', text: t('tokens.copied') });
    }).catch(() => {
      showToast({ tone: 'error', text: t('tokens.copy_failed') });
    });
  };
  return (
    <div className={styles.made} role="status">
      <span>{t('tokens.made', { name: token.name })}</span>
      <code className={styles.secret}>{token.token}</code>
      <Button icon={<Copy size={14} aria-hidden />} onClick={copy}>{t('tokens.copy')}</Button>
    </div>
  );
}

function useRevoke() {
  const { t } = useText();
  const client = useQueryClient();
  return useMutation({
    mutationFn: revokeToken,
    onSuccess: () => client.invalidateQueries({ queryKey: tokenList.queryKey }),
    onError: (error) => {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    },
  });
}

function TokenTable() {
  const { t } = useText();
  const { workspace } = useMeta();
  const found = useQuery(tokenList);
  const revoke = useRevoke();
  if (found.isPending) return <TableSkeleton rows={3} columns={4} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (found.data.tokens.length === 0) {
    return <Notice icon={KeyRound} title={t('tokens.none')} text={t('tokens.none_text')} />;
  }
  const when = (instant: string | null | undefined, otherwise: string) =>
    (instant ? formatDateTime(instant, workspace.time_zone) : otherwise);
  const columns: TableColumnsType<Token> = [
    { title: t('tokens.name'), width: 220, ellipsis: true, render: (_, token) => token.name },
    { title: t('tokens.created'), width: 150, className: 'tabular',
      render: (_, token) => when(token.created_at, '') },
    { title: t('tokens.scope'), width: 120, render: (_, token) => (
      t(token.scope === 'write' ? 'tokens.write' : 'tokens.read')
    ) },
    { title: t('tokens.expires'), width: 150, className: 'tabular',
      render: (_, token) => when(token.expires_at, t('tokens.for_ever')) },
    { title: t('tokens.seen'), width: 190, className: 'tabular', render: (_, token) => (
      [when(token.seen_at, t('tokens.never')), token.address].filter((part) => part).join(' · ')
    ) },
    {
      title: <span className="visually-hidden">{t('tokens.revoke')}</span>,
      width: 100, align: 'end', render: (_, token) => (
      <Popconfirm
        title={t('tokens.revoke_text', { name: token.name })}
        okText={t('tokens.revoke')} cancelText={t('action.cancel')}
        onConfirm={() => {
          revoke.mutate(token.id);
        }}
      >
        <Button size="small" type="text" danger>{t('tokens.revoke')}</Button>
      </Popconfirm>
    ) },
  ];
  return (
    <Table<Token>
      className={styles.table} size="small" rowKey="id" pagination={false} scroll={{ x: 900 }}
      columns={columns} dataSource={found.data.tokens}
    />
  );
}
