import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useMeta, useObjectMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { LinkEditor } from '@/fields/link-editor';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { formatMoney } from '@/lib/money';
import { Failed, TableSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import type { Candidate, Claimed, Suggestion } from './claims-api';
import { claimPayment, suggestionOf, takeBack } from './claims-api';
import { OpenItems } from './open-items';
import { advanceOf, isWrong, partsOf, partText } from './parts';
import type { Typed } from './parts';
import styles from './receivables.module.css';

const REASONS: Readonly<Record<Candidate['because'][number], string>> = {
  name: 'receivables.because_name',
  other_name: 'receivables.because_other_name',
  short_name: 'receivables.because_short_name',
  amount: 'receivables.because_amount',
};

/** A name that is the same is similar, too. */
function reasonsOf({ because }: Candidate): Candidate['because'] {
  const same = because.includes('name') || because.includes('other_name');
  return same ? because.filter((reason) => reason !== 'short_name') : because;
}

/** What a claim did can be taken back with one tap, as long as its message stands. */
function useClaim(payment: string, onDone: () => void) {
  const { t } = useText();
  const client = useQueryClient();
  const undo = useMutation({
    mutationFn: takeBack,
    onSuccess: async () => {
      await client.invalidateQueries();
      showToast({ tone: 'success', text: t('receivables.taken_back') });
    },
    onError: (error) => {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    },
  });
  return useMutation({
    mutationFn: ({ account, suggestion, typed }: Readonly<{
      account: string; suggestion: Suggestion; typed: Typed;
    }>) => claimPayment(payment, account, partsOf(suggestion.items, typed)),
    onSuccess: async (claimed: Claimed) => {
      onDone();
      await client.invalidateQueries();
      showToast({
        tone: 'success', text: t('receivables.claimed'),
        action: {
          label: t('receivables.take_back'),
          perform: () => {
            undo.mutate(claimed);
          },
        },
      });
    },
  });
}

type Props = Readonly<{ payment: string; onClose: () => void }>;

/** Whose the payment is and what it settles: suggested, and changed and confirmed by a person. */
export function ClaimDialog({ payment, onClose }: Props) {
  const { t } = useText();
  const [asked, setAsked] = useState<string | null>(null);
  const [typed, setTyped] = useState<Typed>({});
  const found = useQuery(suggestionOf(payment, asked));
  const claim = useClaim(payment, onClose);
  const view = found.data;
  const account = view?.account ?? null;
  const advance = view ? advanceOf(view.payment.unallocated, view.items, typed) : null;
  const wrong = view?.items.some((item) => isWrong(item, partText(item, typed))) === true;
  const ready = account !== null && advance !== null && !advance.startsWith('-') && !wrong;
  return (
    <Modal
      open width={720} title={t('receivables.dialog_title')} okText={t('receivables.confirm')}
      cancelText={t('action.cancel')} confirmLoading={claim.isPending}
      okButtonProps={{ disabled: !ready }} onCancel={onClose}
      onOk={() => {
        if (view && account !== null) claim.mutate({ account, suggestion: view, typed });
      }}
    >
      {found.isPending && <TableSkeleton rows={4} columns={3} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {view && (
        <>
          <Head view={view} />
          <Whose
            view={view} asked={asked}
            onChoose={(id) => {
              setAsked(id);
              setTyped({});
            }}
          />
          {account !== null && <OpenItems items={view.items} typed={typed} onType={setTyped} />}
          {account !== null && <Left advance={advance} />}
        </>
      )}
      {claim.error && (
        <p role="alert" className={styles.problem}>{problemText(asProblem(claim.error), t)}</p>
      )}
    </Modal>
  );
}

function Head({ view }: Readonly<{ view: Suggestion }>) {
  const { t } = useText();
  const { workspace } = useMeta();
  return (
    <p className={styles.head}>
      {view.payment.payer || t('receivables.payer_unknown')}
      {' · '}
      <strong className="tabular">
        {formatMoney(view.payment.unallocated, workspace.currency)}
      </strong>
    </p>
  );
}

/** Candidates as buttons; any other account is looked for. */
function Whose({ view, asked, onChoose }: Readonly<{
  view: Suggestion; asked: string | null; onChoose: (id: string | null) => void;
}>) {
  const { account } = view;
  const { t } = useText();
  const field = useObjectMeta('payment')?.fields.find((one) => one.api_name === 'account');
  const known = view.candidates.some((one) => one.account === account);
  // A payment that is an account's already stays its.
  if (asked === null && account !== null && view.candidates.length === 0) return null;
  return (
    <div className={styles.whose}>
      <h3 className={styles.subtitle}>{t('receivables.whose')}</h3>
      <div className={styles.candidates}>
        {view.candidates.map((one) => (
          <Button
            key={one.account} aria-pressed={one.account === account}
            type={one.account === account ? 'primary' : 'default'} className={styles.candidate}
            onClick={() => {
              onChoose(one.account);
            }}
          >
            {one.name}
            <span className={styles.because}>
              {reasonsOf(one).map((reason) => t(REASONS[reason])).join(t('receivables.and'))}
            </span>
          </Button>
        ))}
      </div>
      {field && (
        <label className={styles.field}>
          <span className={styles.details}>{t('receivables.other_account')}</span>
          <LinkEditor
            field={field} value={known ? null : account} fields={{}}
            onChange={(value) => {
              onChoose(asText(value) || null);
            }}
          />
        </label>
      )}
    </div>
  );
}

function Left({ advance }: Readonly<{ advance: string | null }>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const over = advance?.startsWith('-') === true;
  if (advance === null) {
    return <p role="alert" className={styles.problem}>{t('receivables.no_amount')}</p>;
  }
  return (
    <p className={over ? styles.problem : styles.left} role={over ? 'alert' : undefined}>
      {t(over ? 'receivables.over' : 'receivables.advance_left')}
      {' '}
      <strong className="tabular">{formatMoney(advance, workspace.currency)}</strong>
    </p>
  );
}
