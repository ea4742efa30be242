import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { BellOff, CheckCheck, Inbox, Newspaper, SlidersHorizontal } from 'lucide-react';
import { Link } from 'react-router';
import { useMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { Page, Panel } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { useUrlState } from '@/ui/url-state';
import { DigestPanel } from './digest';
import type { Inbox as InboxAnswer, InboxEntry } from './inbox-api';
import { inboxQuery, markRead } from './inbox-api';
import { ToldEntry } from './told-entry';
import dossier from './dossier.module.css';
import styles from './inbox.module.css';

type Shown = 'unread' | 'all' | 'digest';

function useRead() {
  const { t } = useText();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (entries?: readonly string[]) => markRead(entries),
    onSuccess: async (now) => {
      client.setQueryData(inboxQuery.queryKey, now);
      await client.invalidateQueries({ queryKey: ['inbox', 'digest'] });
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
  const asked = params.get('show');
  const shown: Shown = asked === 'all' || asked === 'digest' ? asked : 'unread';
  const unread = found.data?.unread ?? 0;
  const readEntry = (entry: InboxEntry) => {
    if (!entry.read) read.mutate([entry.id]);
  };
  return (
    <Page
      narrow title={t('dossier.inbox')} note={t('dossier.inbox_note')}
      tools={(
        <>
          <Segmented<Shown>
            aria-label={t('dossier.inbox_show')} value={shown}
            options={[
              { value: 'unread', label: t('dossier.unread', { count: String(unread) }) },
              { value: 'all', label: t('dossier.inbox_all') },
              { value: 'digest', label: t('dossier.digest') },
            ]}
            onChange={(next) => {
              change({ show: next === 'unread' ? null : next, day: null }, { replace: true });
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
          <Link to="/me?tab=notices" className={dossier.open}>
            <SlidersHorizontal size={15} aria-hidden />
            {t('dossier.notices')}
          </Link>
        </>
      )}
    >
      {shown === 'digest' ? <DigestPanel read={readEntry} /> : (
        <Panel flush>
          {found.isPending && <TableSkeleton rows={5} columns={1} />}
          {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
          {found.data && (
            <Entries
              inbox={found.data} all={shown === 'all'} read={readEntry} readDigest={read.mutate}
            />
          )}
        </Panel>
      )}
    </Page>
  );
}

type EntriesProps = Readonly<{
  inbox: InboxAnswer;
  all: boolean;
  read: (entry: InboxEntry) => void;
  readDigest: (ids: readonly string[]) => void;
}>;

function Entries({ inbox, all, read, readDigest }: EntriesProps) {
  const { t } = useText();
  const { workspace } = useMeta();
  const entries = inbox.entries.filter((entry) => all || !entry.read);
  const digest = inbox.digest && (all || !inbox.digest.read) ? inbox.digest : null;
  return (
    <>
      {inbox.quiet_until !== null && (
        <p className={dossier.nothing}>
          <span className={styles.days}>
            <BellOff size={14} aria-hidden />
            {t('dossier.quiet_now', {
              until: formatDateTime(inbox.quiet_until, workspace.time_zone),
              count: String(inbox.held),
            })}
          </span>
        </p>
      )}
      {entries.length === 0 && digest === null && (
        <Notice
          icon={Inbox} title={t(all ? 'dossier.inbox_empty' : 'dossier.inbox_read')}
          text={t('dossier.inbox_empty_text')}
        />
      )}
      <ul className={dossier.inbox}>
        {digest && (
          <li className={dossier.told} data-read={digest.read}>
            <Newspaper size={16} aria-hidden className={dossier.entryIcon} />
            <div className={dossier.entryBody}>
              <div className={dossier.entryHead}>
                <span className={dossier.entryKind}>{t('dossier.digest')}</span>
                <time className={dossier.entryWhen} dateTime={digest.at}>
                  {formatDateTime(digest.at, workspace.time_zone)}
                </time>
              </div>
              <Link
                to={`/inbox?show=digest&day=${digest.day}`} className={dossier.toldText}
                onClick={() => {
                  if (!digest.read) readDigest([digest.id]);
                }}
              >
                {t('dossier.digest_entries', { count: String(digest.entries) })}
              </Link>
            </div>
          </li>
        )}
        {entries.map((entry) => (
          <ToldEntry
            key={entry.id} entry={entry}
            onRead={() => {
              read(entry);
            }}
          />
        ))}
      </ul>
    </>
  );
}
