import { useMutation } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { useText } from '@/i18n/use-text';
import { showToast } from '@/ui/toast';
import type { Point } from './layout';
import { savePlaces, useRefreshMap } from './map-api';

const REST_MS = 500;

export type Places = Readonly<{
  /** Where cards were put that the server does not know of yet, from the map's corner. */
  own: ReadonlyMap<string, Point>;
  move: (id: string, point: Point) => void;
  /** The card rests: kept a moment later, so that arrow keys make one write. */
  rest: (id: string, within: Point) => void;
}>;

/**
 * What is moved here stays where the hand put it until the server has it, whatever others do
 * meanwhile.
 */
export function usePlaces(): Places {
  const { t } = useText();
  const refresh = useRefreshMap();
  const [own, setOwn] = useState<ReadonlyMap<string, Point>>(new Map());
  const timers = useRef(new Map<string, number>());
  const forget = useCallback((id: string, point?: Point) => {
    setOwn((before) => {
      // Moved once more while the write was under way: that later place still waits.
      if (point !== undefined && before.get(id) !== point) return before;
      const next = new Map(before);
      next.delete(id);
      return next;
    });
  }, []);
  const { mutate } = useMutation({
    networkMode: 'always',
    mutationFn: ({ id, within }: Readonly<{ id: string; within: Point; shown?: Point }>) => (
      savePlaces([{ contact: id, place: within }])
    ),
    onSuccess: async (_, { id, shown }) => {
      await refresh();
      forget(id, shown);
    },
    onError: (error, { id }) => {
      forget(id);
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    },
  });
  const current = useRef(own);
  useEffect(() => {
    current.current = own;
  }, [own]);
  useEffect(() => {
    const waiting = timers.current;
    return () => {
      for (const timer of waiting.values()) window.clearTimeout(timer);
    };
  }, []);
  const move = useCallback((id: string, point: Point) => {
    setOwn((before) => new Map(before).set(id, point));
  }, []);
  const rest = useCallback((id: string, within: Point) => {
    window.clearTimeout(timers.current.get(id));
    timers.current.set(id, window.setTimeout(() => {
      timers.current.delete(id);
      mutate({ id, within, shown: current.current.get(id) });
    }, REST_MS));
  }, [mutate]);
  return { own, move, rest };
}
