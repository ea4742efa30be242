import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { CircleCheck } from 'lucide-react';
import { Link } from 'react-router';
import { useMeta, useObjectMeta } from '@/api/meta';
import type { RecordRow } from '@/api/types';
import { FieldValue } from '@/fields/field-value';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { formatMoney } from '@/lib/money';
import { Page, Panel } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import { ClaimDialog } from './claim-dialog';
import { waitingPayments } from './claims-api';
import styles from './receivables.module.css';

/** Payments that wait for somebody to say whose they are and what they settle. */
export default function ReceiptsPage() {
  const { t } = useText();
  const [params, change] = useUrlState();
  const chosen = params.get('payment');
  const choose = (payment: string | null) => {
    change({ payment });
  };
  return (
    <Page title={t('receivables.title')} note={t('receivables.note')}>
      <Waiting whose="nobody" onChoose={choose} />
      <Waiting whose="advance" onChoose={choose} />
      {chosen !== null && (
        <ClaimDialog
          key={chosen} payment={chosen}
          onClose={() => {
            choose(null);
          }}
        />
      )}
    </Page>
  );
}

const TEXTS = {
  nobody: { title: 'receivables.unclaimed', none: 'receivables.unclaimed_none' },
  advance: { title: 'receivables.advances', none: 'receivables.advances_none' },
} as const;

type Props = Readonly<{ whose: 'nobody' | 'advance'; onChoose: (payment: string) => void }>;

function Waiting({ whose, onChoose }: Props) {
  const { t } = useText();
  const found = useQuery(waitingPayments(whose));
  const rows = found.data?.records ?? [];
  const texts = TEXTS[whose];
  return (
    <Panel
      flush title={rows.length > 0 ? `${t(texts.title)} · ${String(rows.length)}` : t(texts.title)}
    >
      {found.isPending && <TableSkeleton rows={3} columns={4} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && rows.length === 0 && <Notice icon={CircleCheck} title={t(texts.none)} />}
      <ul className={styles.list}>
        {rows.map((row) => (
          <Receipt
            key={row.id} row={row}
            onChoose={() => {
              onChoose(row.id);
            }}
          />
        ))}
      </ul>
    </Panel>
  );
}

function Receipt({ row, onChoose }: Readonly<{ row: RecordRow; onChoose: () => void }>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const means = useObjectMeta('payment')?.fields.find((one) => one.api_name === 'means');
  const { fields } = row;
  const account = asText(fields.account);
  const [amount, left] = [asText(fields.amount), asText(fields.unallocated)];
  const money = (value: string) => formatMoney(value, workspace.currency);
  const details = [asText(fields.paid_on), asText(fields.number), asText(fields.remarks)];
  return (
    <li className={styles.entry}>
      <span className={styles.who}>
        {account === ''
          ? <strong>{asText(fields.drawer) || t('receivables.payer_unknown')}</strong>
          : <Link to={`/accounts/${account}`}>{asText(fields['account.name'])}</Link>}
        <span className={styles.details}>{details.filter(Boolean).join(' · ')}</span>
      </span>
      {means && <FieldValue field={means} fields={fields} />}
      <span className={styles.amount}>
        <strong className="tabular">{money(left)}</strong>
        {left !== amount && (
          <span className={styles.details}>{t('receivables.of', { amount: money(amount) })}</span>
        )}
      </span>
      <Button
        size="small" type={account === '' ? 'primary' : 'default'}
        aria-label={t('receivables.claim_of', { number: asText(fields.number) })}
        onClick={onChoose}
      >
        {t(account === '' ? 'receivables.claim' : 'receivables.settle')}
      </Button>
    </li>
  );
}
