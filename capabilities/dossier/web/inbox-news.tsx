import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useLive } from '@/api/use-live';
import { useText } from '@/i18n/use-text';
import { showToast } from '@/ui/toast';
import { inboxKey, inboxQuery } from './inbox-api';
import { entryPath } from './inbox-path';
import { newsOf } from './news';
import { INBOX_TEXTS, textKey } from './text-keys';

/** What the inbox is read from. */
const SOURCES = ['comment', 'complaint', 'task'] as const;
const PAUSE_MS = 2_000;
const MOST_TEXT = 60;

/** Says in a toast what comes to the inbox while somebody is elsewhere. */
export default function InboxNews() {
  const { t } = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const inbox = useQuery(inboxQuery).data;
  const told = useRef<ReadonlySet<string> | null>(null);
  useLive(SOURCES, inboxKey, PAUSE_MS);
  const until = inbox?.quiet_until ?? null;
  useEffect(() => {
    if (until === null) return undefined;
    const timer = window.setTimeout(() => {
      void client.invalidateQueries({ queryKey: inboxKey });
    }, Math.max(0, Date.parse(until) - Date.now()) + PAUSE_MS);
    return () => {
      window.clearTimeout(timer);
    };
  }, [client, until]);
  useEffect(() => {
    if (!inbox) return;
    const news = newsOf(told.current, inbox);
    told.current = news.told;
    if (pathname === '/inbox') return;
    const open = (path: string) => ({
      label: t('dossier.news_open'), perform: () => void navigate(path),
    });
    const [only] = news.fresh;
    if (news.fresh.length > 1) {
      const count = String(news.fresh.length);
      showToast({
        tone: 'info', text: t('dossier.news_many', { count }), action: open('/inbox'),
      });
    } else if (only) {
      const who = [t(textKey(INBOX_TEXTS, only.kind)), only.actor?.name, only.account?.name];
      const text = only.text.length > MOST_TEXT ? `${only.text.slice(0, MOST_TEXT)}…` : only.text;
      showToast({
        tone: 'info', text: `${who.filter(Boolean).join(' · ')}: ${text}`,
        action: open(entryPath(only)),
      });
    }
    if (news.digest) {
      showToast({
        tone: 'info', text: t('dossier.news_digest'), action: open('/inbox?show=digest'),
      });
    }
  }, [inbox, pathname, navigate, t]);
  return null;
}
