import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useMeta, useObjectMeta } from '@/api/meta';
import { asProblem, errorsByField } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import type { RecordRow } from '@/api/types';
import { FieldValue } from '@/fields/field-value';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { PrincipalPicker } from '@/records/access/principal-picker';
import { useDraft } from '@/ui/draft';
import { FormActions } from '@/ui/form-actions';
import { Panel } from '@/ui/page';
import { Failed, FailedLine, TableSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { useUrlState } from '@/ui/url-state';
import type { Dossier } from './dossier-api';
import { dossierKey } from './dossier-api';
import type { OwnerDecision } from './owner-requests-api';
import {
  askForOwner, decideOwnerRequest, ownerRequestsOf, useDecidable, withdrawOwnerRequest,
} from './owner-requests-api';
import styles from './dossier.module.css';

const MAX_TEXT = 500;

/** Whose the account is, what is asked about that, and a form to ask for another owner. */
export default function OwnerRequests({ dossier }: Readonly<{ dossier: Dossier }>) {
  const { t } = useText();
  const account = useObjectMeta('account');
  const object = useObjectMeta('owner_request');
  const [params, change] = useUrlState();
  const readable = object?.rights.read === true;
  const { id, fields } = dossier.account;
  const found = useQuery({ ...ownerRequestsOf(id), enabled: readable });
  const decidable = useDecidable(id, readable);
  if (!readable || account === undefined) return null;
  const requests = found.data?.records ?? [];
  const waits = requests.some((one) => asText(one.fields.state) === 'requested');
  const owned = asText(fields.owner) !== '';
  const asking = params.get('ask') === 'owner' && owned && !waits;
  const open = (wanted: boolean) => {
    change({ ask: wanted ? 'owner' : null }, { replace: true });
  };
  const owner = asText(dossier.names['owner.name']) || t('dossier.no_owner');
  return (
    <Panel
      title={t('dossier.owner_is', { name: owner })}
      tools={account.rights.update && owned && !waits && !asking && (
        <Button
          size="small"
          onClick={() => {
            open(true);
          }}
        >
          {t('dossier.owner_ask')}
        </Button>
      )}
    >
      <p className={styles.ownerText}>{t('dossier.owner_text')}</p>
      {asking && (
        <AskForm
          account={id}
          onDone={() => {
            open(false);
          }}
        />
      )}
      {found.isPending && <TableSkeleton rows={1} columns={3} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && requests.length === 0 && !asking && (
        <p className="faint">{t('dossier.owner_none')}</p>
      )}
      <ol className={styles.timeline}>
        {requests.map((one) => (
          <Entry key={one.id} request={one} decides={decidable.has(one.id)} />
        ))}
      </ol>
    </Panel>
  );
}

function AskForm({ account, onDone }: Readonly<{ account: string; onDone: () => void }>) {
  const { t } = useText();
  const client = useQueryClient();
  const [to, setTo] = useState<string | null>(null);
  const [reason, setReason, clear] = useDraft(`owner.${account}`, '');
  const [tried, setTried] = useState(false);
  const ask = useMutation({
    mutationFn: () => askForOwner(account, { to: to ?? '', reason: reason.trim() }),
    onSuccess: async () => {
      clear();
      await client.invalidateQueries({ queryKey: ['records', 'owner_request'] });
      showToast({ tone: 'success', text: t('dossier.owner_asked') });
      onDone();
    },
  });
  const refused = ask.error ? errorsByField(asProblem(ask.error)) : {};
  const missing = { to: to === null, reason: reason.trim() === '' };
  const errorOf = (field: 'to' | 'reason') => (
    tried && missing[field] ? t('dossier.owner_missing') : refused[field]
  );
  return (
    <form
      className={styles.ownerForm}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!missing.to && !missing.reason) ask.mutate();
      }}
    >
      <div className={styles.row}>
        <label htmlFor="owner-to">{t('dossier.owner_new')}</label>
        <PrincipalPicker
          id="owner-to" kind="user" value={to} invalid={errorOf('to') !== undefined}
          onChange={setTo}
        />
        <Wrong text={errorOf('to')} />
      </div>
      <div className={styles.row}>
        <label htmlFor="owner-reason">{t('dossier.owner_reason')}</label>
        <Input.TextArea
          id="owner-reason" value={reason} autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={MAX_TEXT} placeholder={t('dossier.owner_reason_example')}
          status={errorOf('reason') === undefined ? '' : 'error'}
          onChange={(event) => {
            setReason(event.target.value);
          }}
        />
        <Wrong text={errorOf('reason')} />
      </div>
      {ask.error && Object.keys(refused).length === 0 && <FailedLine error={ask.error} />}
      <FormActions label={t('dossier.owner_send')} busy={ask.isPending} onCancel={onDone} />
    </form>
  );
}

function Wrong({ text }: Readonly<{ text: string | undefined }>) {
  if (text === undefined) return null;
  return <span className={styles.wrong} role="alert">{text}</span>;
}

function Entry({ request, decides }: Readonly<{ request: RecordRow; decides: boolean }>) {
  const { t } = useText();
  const { user, workspace } = useMeta();
  const state = useObjectMeta('owner_request')?.fields.find((one) => one.api_name === 'state');
  const { fields } = request;
  const at = (field: string) => formatDateTime(asText(fields[field]), workspace.time_zone);
  const waits = asText(fields.state) === 'requested';
  const mine = waits && (user.administrator || asText(fields.asked_by) === user.id);
  return (
    <li className={styles.ownerEntry}>
      <div className={styles.entryHead}>
        <strong>
          {t('dossier.owner_from_to', {
            from: asText(fields['from.name']), to: asText(fields['to.name']),
          })}
        </strong>
        {state && <FieldValue field={state} fields={fields} />}
      </div>
      <p className={styles.entryText}>{asText(fields.reason)}</p>
      <span className="faint">
        {t('dossier.owner_by', { name: asText(fields['asked_by.name']), at: at('created_at') })}
      </span>
      {asText(fields.decided_at) !== '' && (
        <span className="faint">
          {t('dossier.owner_decided', {
            name: asText(fields['decided_by.name']), at: at('decided_at'),
          })}
        </span>
      )}
      {asText(fields.note) !== '' && <p className={styles.entryText}>{asText(fields.note)}</p>}
      {(decides || mine) && <Deciding id={request.id} decides={decides} mine={mine} />}
    </li>
  );
}

const DECIDED = {
  approved: 'dossier.owner_approved',
  refused: 'dossier.owner_refused',
  withdrawn: 'dossier.owner_withdrawn',
} as const;

function Deciding({ id, decides, mine }: Readonly<{
  id: string; decides: boolean; mine: boolean;
}>) {
  const { t } = useText();
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const settle = useMutation({
    mutationFn: (decision: OwnerDecision['decision'] | 'withdrawn') => (
      decision === 'withdrawn' ? withdrawOwnerRequest(id)
        : decideOwnerRequest(id, { decision, ...(note.trim() && { note: note.trim() }) })
    ),
    onSuccess: async (_answer, decision) => {
      await Promise.all([
        client.invalidateQueries({ queryKey: ['records'] }),
        client.invalidateQueries({ queryKey: dossierKey }),
      ]);
      showToast({ tone: 'success', text: t(DECIDED[decision]) });
    },
    onError: (error) => {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    },
  });
  const button = (decision: Parameters<typeof settle.mutate>[0], key: string) => (
    <Button
      size="small" disabled={settle.isPending}
      type={decision === 'approved' ? 'primary' : 'default'}
      onClick={() => {
        settle.mutate(decision);
      }}
    >
      {t(key)}
    </Button>
  );
  return (
    <div className={styles.ownerDeciding}>
      {decides && (
        <Input
          value={note} maxLength={MAX_TEXT} aria-label={t('dossier.owner_note')}
          placeholder={t('dossier.owner_note')}
          onChange={(event) => {
            setNote(event.target.value);
          }}
        />
      )}
      {decides && button('approved', 'dossier.owner_approve')}
      {decides && button('refused', 'dossier.owner_refuse')}
      {mine && button('withdrawn', 'dossier.owner_withdraw')}
    </div>
  );
}
