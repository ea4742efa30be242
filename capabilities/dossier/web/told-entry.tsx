import {
  AtSign, CheckSquare, MessageSquare, TriangleAlert, UserCheck, UserCog, UserX,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { Link } from 'react-router';
import { useMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import type { InboxEntry } from './inbox-api';
import { entryPath } from './inbox-path';
import { INBOX_TEXTS, textKey } from './text-keys';
import styles from './dossier.module.css';

const ICONS: Readonly<Record<InboxEntry['kind'], LucideIcon>> = {
  mention: AtSign, comment: MessageSquare, complaint: TriangleAlert, task: CheckSquare,
  record_cause: CheckSquare, owner_request: UserCog, owner_approved: UserCheck,
  owner_refused: UserX,
};

/** One thing that somebody is told of. */
export function ToldEntry({ entry, onRead }: Readonly<{ entry: InboxEntry; onRead: () => void }>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const Icon = ICONS[entry.kind];
  return (
    <li className={styles.told} data-read={entry.read}>
      <Icon size={16} aria-hidden className={styles.entryIcon} />
      <div className={styles.entryBody}>
        <div className={styles.entryHead}>
          <span className={styles.entryKind}>{t(textKey(INBOX_TEXTS, entry.kind))}</span>
          {entry.account && <Link to={`/accounts/${entry.account.id}`}>{entry.account.name}</Link>}
          {entry.actor && <span className="faint">{entry.actor.name}</span>}
          <time className={styles.entryWhen} dateTime={entry.at}>
            {formatDateTime(entry.at, workspace.time_zone)}
          </time>
        </div>
        <Link to={entryPath(entry)} className={styles.toldText} onClick={onRead}>
          {entry.text}
          {!entry.read && <span className={styles.dot} role="img" aria-label={t('dossier.new')} />}
        </Link>
      </div>
    </li>
  );
}
