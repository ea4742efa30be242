import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { subscribe } from '@/api/live';
import { mapKey } from './map-api';

/** What the map is drawn from: whoever changes one of them changes the map. */
const SOURCES = ['map_position', 'contact', 'contact_standing', 'contact_influence'] as const;
const PAUSE_MS = 250;

/** Reads the map anew a moment after somebody changed what it shows. */
export function useLiveMap(): void {
  const client = useQueryClient();
  useEffect(() => {
    let timer = 0;
    const later = () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => {
        void client.invalidateQueries({ queryKey: mapKey });
      }, PAUSE_MS);
    };
    const stops = SOURCES.map((object) => (
      subscribe(object, { started: () => undefined, changed: later, resync: later })
    ));
    return () => {
      window.clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [client]);
}
