import { ArrowRightLeft, Clock, Zap } from 'lucide-react';
import { numberText } from '@/lib/decimal';
import type { BoardEntry } from '../pool-api';
import { TierTag } from '../tag';
import { usePoolWords } from '../words';
import styles from '../pool.module.css';

type Props = Readonly<{
  entry: BoardEntry; owner: string | undefined;
  onOpen: () => void; onDrag: (entry: BoardEntry | null) => void;
}>;

/** An account on the board: what it is, since when, and what makes it urgent. */
export function Card({ entry, owner, onOpen, onDrag }: Props) {
  const { t } = usePoolWords();
  const { account, tier, score, since, due_on: due, late, reason } = entry;
  const decides = entry.state === 'requested' && entry.may.includes('approve');
  return (
    <article
      className={styles.card} draggable={entry.may.length > 0}
      onDragStart={(event) => {
        event.dataTransfer.setData('text/plain', account.id);
        onDrag(entry);
      }}
      onDragEnd={() => {
        onDrag(null);
      }}
    >
      <button type="button" className={styles.cardName} onClick={onOpen}>{account.name}</button>
      <div className={styles.cardRow}>
        <TierTag tier={tier} />
        {score !== null && (
          <span className="faint tabular">{t('pool.points', { n: numberText(score) })}</span>
        )}
        {owner !== undefined && <span className="faint">{owner}</span>}
      </div>
      {reason !== null && reason !== '' && <p className={styles.cardReason}>{reason}</p>}
      <div className={styles.cardRow}>
        {since !== null && <span className="faint tabular">{t('pool.since', { day: since })}</span>}
        {due !== null && (
          <span className={late ? styles.late : styles.due}>
            <Clock size={12} aria-hidden />{t(late ? 'pool.late_since' : 'pool.due', { day: due })}
          </span>
        )}
        {entry.fast_track && (
          <span className={styles.due}><Zap size={12} aria-hidden />{t('pool.fast_track')}</span>
        )}
        {entry.transfer_open && (
          <span className={styles.due}>
            <ArrowRightLeft size={12} aria-hidden />{t('pool.transfer_open')}
          </span>
        )}
        {decides && <span className={styles.yours}>{t('pool.you_decide')}</span>}
      </div>
    </article>
  );
}
