import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import {
  AtSign, CheckCheck, CheckSquare, Inbox, MessageSquare, TriangleAlert,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { Link } from 'react-router';
import { useMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { recordPath } from '@/records/record-path';
import { Page, Panel } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { useUrlState } from '@/ui/url-state';
import { inboxQuery, markRead } from './inbox-api';
import type { InboxEntry } from './inbox-api';
import { INBOX_TEXTS, textKey } from './text-keys';
import styles from './dossier.module.css';

const ICONS: Readonly<Record<InboxEntry['kind'], LucideIcon>> = {
  mention: AtSign, comment: MessageSquare, complaint: TriangleAlert, task: CheckSquare,
  record_cause: CheckSquare,
};

function useRead() {
  const { t } = useText();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (entries?: readonly string[]) => markRead(entries),
    onSuccess: (now) => {
      client.setQueryData(inboxQuery.queryKey, now);
    },
    onError: (error) => {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    },
  });
}

/** What the reader is told: mentions, comments and complaints at accounts of his, tasks. */
export default function InboxPage() {
  const { t } = useText();
  const [params, change] = useUrlState();
  const found = useQuery(inboxQuery);
  const read = useRead();
  const all = params.get('show') === 'all';
  const unread = found.data?.unread ?? 0;
  const entries = (found.data?.entries ?? []).filter((entry) => all || !entry.read);
  return (
    <Page
      narrow title={t('dossier.inbox')} note={t('dossier.inbox_note')}
      tools={(
        <>
          <Segmented
            aria-label={t('dossier.inbox_show')} value={all ? 'all' : 'unread'}
            options={[
              { value: 'unread', label: t('dossier.unread', { count: String(unread) }) },
              { value: 'all', label: t('dossier.inbox_all') },
            ]}
            onChange={(next) => {
              change({ show: next === 'all' ? 'all' : null }, { replace: true });
            }}
          />
          <Button
            icon={<CheckCheck size={15} aria-hidden />} disabled={unread === 0}
            loading={read.isPending && read.variables === undefined}
            onClick={() => {
              read.mutate(undefined);
            }}
          >
            {t('dossier.read_all')}
          </Button>
        </>
      )}
    >
      <Panel flush>
        {found.isPending && <TableSkeleton rows={5} columns={1} />}
        {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
        {found.isSuccess && entries.length === 0 && (
          <Notice
            icon={Inbox} title={t(all ? 'dossier.inbox_empty' : 'dossier.inbox_read')}
            text={t('dossier.inbox_empty_text')}
          />
        )}
        <ul className={styles.inbox}>
          {entries.map((entry) => (
            <Told
              key={entry.id} entry={entry}
              onRead={() => {
                if (!entry.read) read.mutate([entry.id]);
              }}
            />
          ))}
        </ul>
      </Panel>
    </Page>
  );
}

function Told({ entry, onRead }: Readonly<{ entry: InboxEntry; onRead: () => void }>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const Icon = ICONS[entry.kind];
  const comment = entry.object === 'comment' && entry.account !== null;
  const path = comment && entry.account
    ? `/accounts/${entry.account.id}?tab=comments` : recordPath(entry.object, entry.record);
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
        <Link to={path} className={styles.toldText} onClick={onRead}>
          {entry.text}
          {!entry.read && <span className={styles.dot} role="img" aria-label={t('dossier.new')} />}
        </Link>
      </div>
    </li>
  );
}
