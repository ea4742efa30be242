import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { MonitorSmartphone } from 'lucide-react';
import { useState } from 'react';
import { useMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { signOut } from '@/api/session';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { Panel } from '@/ui/page';
import { Failed, TableSkeleton } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { endOtherSessions, endSession, sessionList } from './account-api';
import type { OpenSession } from './account-api';
import { agentName } from './agent-name';
import styles from './settings.module.css';

function useEnd(): readonly [(end: () => Promise<unknown>) => void, boolean] {
  const { t } = useText();
  const client = useQueryClient();
  const run = useMutation({
    mutationFn: (end: () => Promise<unknown>) => end(),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: sessionList.queryKey });
      showToast({ tone: 'success', text: t('me.session_ended') });
    },
    onError: (error) => {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    },
  });
  return [run.mutate, run.isPending];
}

/** Where one is signed in, the last used first, and the end of it. */
export function Sessions() {
  const { t } = useText();
  const found = useQuery(sessionList);
  const [end, busy] = useEnd();
  const sessions = found.data?.sessions ?? [];
  const others = sessions.filter((one) => !one.current).length;
  return (
    <Panel
      flush title={t('me.sessions')}
      tools={others > 0 && (
        <Popconfirm
          title={t('me.end_others_ask', { n: others })} description={t('me.end_others_text')}
          okText={t('me.end_others')} cancelText={t('action.cancel')}
          onConfirm={() => {
            end(endOtherSessions);
          }}
        >
          <Button size="small" danger loading={busy}>{t('me.end_others')}</Button>
        </Popconfirm>
      )}
    >
      {found.isPending && <TableSkeleton rows={3} columns={3} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      <ul className={styles.list}>
        {sessions.map((session) => <Entry key={session.id} session={session} />)}
      </ul>
      <p className={styles.hint}>{t('me.sessions_text')}</p>
    </Panel>
  );
}

function Entry({ session }: Readonly<{ session: OpenSession }>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const [end, busy] = useEnd();
  const when = (instant: string) => formatDateTime(instant, workspace.time_zone);
  return (
    <li className={styles.entry}>
      <span className={styles.device}>
        <MonitorSmartphone size={18} strokeWidth={1.6} aria-hidden />
        <span>
          <span className={styles.name}>{agentName(session.agent) ?? t('me.unknown_device')}</span>
          {session.current && <span className={styles.here}>{t('me.this_session')}</span>}
          <br />
          <span className="faint tabular">
            {session.address !== '' && `${session.address} · `}
            {t('me.session_used', {
              from: when(session.created_at), seen: when(session.seen_at),
              until: when(session.expires_at),
            })}
          </span>
        </span>
      </span>
      {session.current ? <Leave /> : (
        <Button
          size="small" type="text" danger loading={busy}
          onClick={() => {
            end(() => endSession(session.id));
          }}
        >
          {t('me.end')}
        </Button>
      )}
    </li>
  );
}

/** Ends the session in which one is. */
function Leave() {
  const { t } = useText();
  const [busy, setBusy] = useState(false);
  const leave = async () => {
    setBusy(true);
    try {
      await signOut();
      window.location.assign('/sign-in');
    } catch (error) {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
      setBusy(false);
    }
  };
  return (
    <Button size="small" type="text" loading={busy} onClick={() => void leave()}>
      {t('me.end_session')}
    </Button>
  );
}
