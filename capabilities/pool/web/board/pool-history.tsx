import { Button } from 'antd';
import { useState } from 'react';
import { asText } from '@/fields/widget';
import { useNames } from '@/records/use-names';
import type { NameOf } from '@/records/use-names';
import { Amount } from '@/ui/money';
import type { PoolEntry } from '../pool-api';
import { StateTag, TierTag } from '../tag';
import { usePoolWords } from '../words';
import { Evidence } from './evidence';
import styles from '../pool.module.css';

/** Entries from before there were rounds name theirs in words. */
const ID = /^[0-9A-Z]{13}$/;

function wantedOf(entries: readonly PoolEntry[]) {
  const known = (ids: readonly (string | null)[]) => ids.filter((id): id is string => id !== null);
  return new Map([
    ['user', known(entries.flatMap((one) => [one.requested_by, one.decided_by]))],
    ['pool_round', known(entries.map((one) => one.round)).filter((round) => ID.test(round))],
    ['department', known(entries.flatMap(({ transfer }) => [
      asText(transfer?.from_department) || null, asText(transfer?.to_department) || null,
    ]))],
  ]);
}

/** How an account came to where it stands, the latest first; nothing in it changes afterwards. */
export function PoolHistory({ entries }: Readonly<{ entries: readonly PoolEntry[] }>) {
  const { t } = usePoolWords();
  const names = useNames(wantedOf(entries));
  if (entries.length === 0) return <p className={styles.said}>{t('pool.no_history')}</p>;
  return (
    <ol className={styles.history}>
      {entries.map((entry) => <Entry key={entry.id} entry={entry} names={names} />)}
    </ol>
  );
}

function roundName(round: string | null): string | undefined {
  return round === null || round === '' || ID.test(round) ? undefined : round;
}

function Entry({ entry, names }: Readonly<{ entry: PoolEntry; names: NameOf }>) {
  const { t } = usePoolWords();
  const [open, setOpen] = useState(false);
  const { since, until, reason, transfer } = entry;
  const by = [
    ['pool.asked_by', names('user', entry.requested_by)],
    ['pool.decided_by', names('user', entry.decided_by)],
    ['pool.in_round', names('pool_round', entry.round) ?? roundName(entry.round)],
  ].flatMap(([key, name]) => (key !== undefined && name !== undefined ? [t(key, { name })] : []));
  return (
    <li>
      <div className={styles.cardRow}>
        <StateTag state={entry.state} />
        <TierTag tier={entry.tier} />
        <span className="faint tabular">
          {until === null ? t('pool.since', { day: since ?? '' }) : `${since ?? ''} – ${until}`}
        </span>
      </div>
      {reason !== null && reason !== '' && <p className={styles.reason}>{reason}</p>}
      {by.length > 0 && <div className="faint">{by.join(' · ')}</div>}
      {transfer && <Transfer transfer={transfer} names={names} />}
      {entry.evidence && (
        <>
          <Button
            size="small" type="link" className={styles.more} aria-expanded={open}
            onClick={() => {
              setOpen(!open);
            }}
          >
            {t('pool.evidence_then')}
          </Button>
          {open && <Evidence evidence={entry.evidence} />}
        </>
      )}
    </li>
  );
}

function Transfer({ transfer, names }: Readonly<{
  transfer: Readonly<Record<string, unknown>>; names: NameOf;
}>) {
  const { t } = usePoolWords();
  const amount = asText(transfer.amount);
  return (
    <div className="faint">
      {t('pool.transfer_text', {
        from: names('department', asText(transfer.from_department)) ?? '…',
        to: names('department', asText(transfer.to_department)) ?? '…',
      })}
      {amount !== '' && <>{' · '}<Amount value={amount} unit="one" /></>}
    </div>
  );
}
