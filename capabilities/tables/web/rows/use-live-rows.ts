import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { subscribe } from '@/api/live';
import { api } from '@/api/client';
import type { components } from '@/api/schema';
import type { Scroller } from '../grid/scroller';
import type { RowBook } from './use-rows';

type Change = components['schemas']['Change'];
type ChangesAnswer = Readonly<{ changes: readonly Change[]; next: string; has_more: boolean }>;

const MOST_CHANGES = 200;
const PAUSE_MS = 300;

/** Reads the rows anew and keeps the row that stands at the top where it is. */
async function refreshInPlace(book: RowBook, scroller: Scroller | null): Promise<void> {
  const top = scroller?.topLine ?? 0;
  const [source] = book.all();
  const id = book.all().length === 1 ? source?.row(top)?.id : undefined;
  await book.refresh();
  const now = id === undefined ? null : source?.indexOf(id) ?? null;
  if (now !== null) scroller?.shiftBy(now - top);
}

/** Shows what others change: changed rows in their place, others by reading what is seen anew. */
export function useLiveRows(object: string, book: RowBook, scroller: Scroller | null): void {
  const client = useQueryClient();
  useEffect(() => {
    let seen: string | null = null;
    let timer = 0;
    const catchUp = async () => {
      const since = seen;
      if (since === null) return;
      const answer = await api.get<ChangesAnswer>(
        '/changes', { since, object, limit: MOST_CHANGES },
      );
      seen = answer.next;
      const moved = answer.has_more || answer.changes.some(({ op }) => op !== 'update');
      if (moved) await refreshInPlace(book, scroller);
      else book.readAgain(answer.changes.map(({ record }) => record));
      if (answer.changes.length === 0) return;
      void client.invalidateQueries({ queryKey: ['records', object, 'aggregate'] });
    };
    const stop = subscribe(object, {
      started: (seq) => {
        if (seen !== null) void refreshInPlace(book, scroller);
        seen = seq;
      },
      changed: () => {
        window.clearTimeout(timer);
        timer = window.setTimeout(() => void catchUp().catch(() => undefined), PAUSE_MS);
      },
      resync: (seq) => {
        seen = seq;
        void refreshInPlace(book, scroller);
      },
    });
    return () => {
      window.clearTimeout(timer);
      stop();
    };
  }, [object, book, scroller, client]);
}
