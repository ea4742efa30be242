import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { ChevronLeft, ChevronRight, Inbox } from 'lucide-react';
import { useMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { addDays, formatDateTime } from '@/lib/dates';
import { Panel } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import type { InboxEntry } from './inbox-api';
import { digestQuery } from './inbox-api';
import { ToldEntry } from './told-entry';
import dossier from './dossier.module.css';
import styles from './inbox.module.css';

/** By account, in the order of what is newest; what belongs to none comes last. */
function byAccount(entries: readonly InboxEntry[]) {
  const parts = new Map<string, InboxEntry[]>();
  for (const entry of entries) {
    const key = entry.account?.id ?? '';
    const part = parts.get(key);
    if (part) part.push(entry);
    else parts.set(key, [entry]);
  }
  return [...parts.entries()]
    .sort(([one], [other]) => Number(one === '') - Number(other === ''))
    .map(([key, some]) => ({ key, name: some[0]?.account?.name, entries: some }));
}

/** What came within a day, gathered by account. */
export function DigestPanel({ read }: Readonly<{ read: (entry: InboxEntry) => void }>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const [params, change] = useUrlState();
  const found = useQuery(digestQuery(params.get('day')));
  const digest = found.data;
  const move = (days: number) => {
    if (digest) change({ day: addDays(digest.day, days) }, { replace: true });
  };
  const when = (instant: string) => formatDateTime(instant, workspace.time_zone);
  return (
    <Panel
      flush title={digest ? t('dossier.digest_of', { day: digest.day }) : t('dossier.digest')}
      tools={(
        <span className={styles.days}>
          <Button
            icon={<ChevronLeft size={15} aria-hidden />} aria-label={t('dossier.digest_before')}
            onClick={() => {
              move(-1);
            }}
          />
          <Button
            icon={<ChevronRight size={15} aria-hidden />} aria-label={t('dossier.digest_after')}
            onClick={() => {
              move(1);
            }}
          />
        </span>
      )}
    >
      {found.isPending && <TableSkeleton rows={5} columns={1} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {digest?.entries.length === 0 && (
        <Notice
          icon={Inbox} title={t('dossier.digest_empty')}
          text={`${when(digest.from)} – ${when(digest.until)}`}
        />
      )}
      {digest && byAccount(digest.entries).map(({ key, name, entries }) => (
        <section key={key}>
          <h3 className={styles.part}>
            {name ?? t('dossier.no_account')}
            {` · ${entries.length}`}
          </h3>
          <ul className={dossier.inbox}>
            {entries.map((entry) => (
              <ToldEntry
                key={entry.id} entry={entry}
                onRead={() => {
                  if (!entry.read) read(entry);
                }}
              />
            ))}
          </ul>
        </section>
      ))}
      {digest?.complete === false && (
        <p className={dossier.nothing}>{t('dossier.digest_more')}</p>
      )}
    </Panel>
  );
}
