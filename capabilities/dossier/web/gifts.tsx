import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Popconfirm } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useMeta, useObjectMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { patchRecord } from '@/api/records';
import type { ObjectMeta, RecordRow } from '@/api/types';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { recordPath } from '@/records/record-path';
import { Amount } from '@/ui/money';
import { Panel } from '@/ui/page';
import { Failed, TableSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { useUrlState } from '@/ui/url-state';
import { GiftForm } from './gift-form';
import type { GiftSums } from './gifts-api';
import { decideGift, giftApprover, giftsOf, giftsToDecide, giftSums } from './gifts-api';
import { RecordTable } from './record-table';
import styles from './dossier.module.css';

const COLUMNS = ['occasion', 'contact', 'kind', 'given_on', 'value', 'state', 'owner'];
const MOST_NOTE = 500;

/** What the people of an account were given this year, asking for more and deciding on it. */
export function Gifts({ account }: Readonly<{ account: string }>) {
  const { t } = useText();
  const object = useObjectMeta('gift');
  const [params, change] = useUrlState();
  const found = useQuery({ ...giftSums(account), enabled: object?.rights.read === true });
  if (!object?.rights.read) return null;
  const giving = params.get('gift') === '1';
  const open = (wanted: boolean) => {
    change({ gift: wanted ? '1' : null }, { replace: true });
  };
  return (
    <Panel
      flush title={t('dossier.gifts')}
      tools={object.rights.create && found.data && !giving && (
        <Button
          size="small"
          onClick={() => {
            open(true);
          }}
        >
          {t('dossier.gift_new')}
        </Button>
      )}
    >
      {found.isPending && <TableSkeleton rows={3} columns={3} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data && giving && (
        <GiftForm
          object={object} account={account} people={found.data.people}
          onDone={() => {
            open(false);
          }}
        />
      )}
      {found.data && <Sums sums={found.data} />}
      {found.data && <List object={object} account={account} year={found.data.year} />}
    </Panel>
  );
}

function Sums({ sums }: Readonly<{ sums: GiftSums }>) {
  const { t } = useText();
  const given = sums.people.filter((person) => Number(person.given) > 0);
  return (
    <>
      <p className={styles.nothing}>
        {t('dossier.gift_limit', { year: sums.year })}
        {' '}<Amount value={sums.limit} unit="one" />
      </p>
      {given.length > 0 && (
        <dl className={styles.giftSums}>
          {given.map((person) => (
            <div key={person.id}>
              <dt><Link to={recordPath('contact', person.id)}>{person.name}</Link></dt>
              <dd className={Number(person.given) > Number(sums.limit) ? styles.late : undefined}>
                <Amount value={person.given} unit="one" />
                {' / '}<Amount value={sums.limit} unit="one" />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

function List({ object, account, year }: Readonly<{
  object: ObjectMeta; account: string; year: number;
}>) {
  const { t } = useText();
  const { user } = useMeta();
  const found = useQuery(giftsOf(account, year));
  const policy = useQuery(giftApprover);
  const named = policy.data?.records[0]?.fields.approver === user.id;
  const waiting = useQuery(giftsToDecide(account, user.id, user.administrator || named));
  const mine = new Set(waiting.data?.records.map(({ id }) => id));
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <TableSkeleton rows={2} columns={4} />;
  return (
    <RecordTable
      object={object} columns={COLUMNS} records={found.data.records}
      more={{
        title: t('dossier.gift_decision'),
        of: (record) => <Decision record={record} mine={mine.has(record.id)} />,
      }}
    />
  );
}

function useGiftChange(text: string, change: () => Promise<unknown>) {
  const { t } = useText();
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['records', 'gift'] });
      showToast({ tone: 'success', text: t(text) });
    },
    onError: (error) => {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    },
  });
}

function Decision({ record, mine }: Readonly<{ record: RecordRow; mine: boolean }>) {
  const { t } = useText();
  const { fields } = record;
  const state = asText(fields.state);
  const give = useGiftChange('dossier.gift_noted', () => patchRecord('gift', record.id, {
    fields: { state: 'given' }, base: { state },
  }));
  if (state === 'planned' && mine) return <Decide id={record.id} />;
  const by = asText(fields['decided_by.name']);
  const note = asText(fields.decision_note);
  return (
    <>
      {by === '' ? '—' : by}
      {note !== '' && ` · ${note}`}
      {state === 'approved' && record.can.includes('update') && (
        <Button
          size="small" type="link" loading={give.isPending}
          onClick={() => {
            give.mutate();
          }}
        >
          {t('dossier.gift_give')}
        </Button>
      )}
    </>
  );
}

function Decide({ id }: Readonly<{ id: string }>) {
  const { t } = useText();
  const [note, setNote] = useState('');
  const approve = useGiftChange('dossier.gift_approved', () => (
    decideGift(id, { decision: 'approve' })
  ));
  const refuse = useGiftChange('dossier.gift_refused', () => (
    decideGift(id, { decision: 'refuse', note })
  ));
  return (
    <span className={styles.decide}>
      <Button
        size="small" type="primary" loading={approve.isPending}
        onClick={() => {
          approve.mutate();
        }}
      >
        {t('dossier.gift_approve')}
      </Button>
      <Popconfirm
        title={t('dossier.gift_why')} okText={t('dossier.gift_refuse')}
        cancelText={t('action.cancel')} okButtonProps={{ disabled: note.trim() === '' }}
        description={(
          <Input.TextArea
            aria-label={t('dossier.gift_why')} value={note} maxLength={MOST_NOTE}
            autoSize={{ minRows: 2 }}
            onChange={(event) => {
              setNote(event.target.value);
            }}
          />
        )}
        onConfirm={() => {
          refuse.mutate();
        }}
      >
        <Button size="small" loading={refuse.isPending}>{t('dossier.gift_refuse')}</Button>
      </Popconfirm>
    </span>
  );
}
