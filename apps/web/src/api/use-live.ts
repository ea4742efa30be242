import type { QueryKey } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { subscribe } from './live';

/**
 * Reads what stands under `key` anew when somebody changes one of the objects, at most once in
 * `pause` milliseconds. Objects and key stay the same as long as the component is there.
 */
export function useLive(objects: readonly string[], key: QueryKey, pause: number): void {
  const client = useQueryClient();
  useEffect(() => {
    let timer = 0;
    const later = () => {
      if (timer !== 0) return;
      timer = window.setTimeout(() => {
        timer = 0;
        void client.invalidateQueries({ queryKey: key });
      }, pause);
    };
    const stops = objects.map((object) => (
      subscribe(object, { started: () => undefined, changed: later, resync: later })
    ));
    return () => {
      window.clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [client, objects, key, pause]);
}
