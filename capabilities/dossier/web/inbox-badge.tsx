import { useQuery } from '@tanstack/react-query';
import { useText } from '@/i18n/use-text';
import { inboxQuery } from './inbox-api';
import styles from './inbox.module.css';

const MOST_SHOWN = 99;

/** How much is unread; what came in quiet hours waits for their end. */
export default function InboxBadge() {
  const { t } = useText();
  const inbox = useQuery(inboxQuery).data;
  const waiting = inbox ? inbox.unread - inbox.held : 0;
  if (waiting <= 0) return null;
  return (
    <span className={styles.badge} aria-label={t('dossier.unread', { count: String(waiting) })}>
      {waiting > MOST_SHOWN ? `${String(MOST_SHOWN)}+` : waiting}
    </span>
  );
}
