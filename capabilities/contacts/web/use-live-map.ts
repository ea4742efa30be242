import { useLive } from '@/api/use-live';
import { mapKey } from './map-api';

/** What the map is drawn from: whoever changes one of them changes the map. */
const SOURCES = ['map_position', 'contact', 'contact_standing', 'contact_influence'] as const;
const PAUSE_MS = 250;

/** Reads the map anew a moment after somebody changed what it shows. */
export function useLiveMap(): void {
  useLive(SOURCES, mapKey, PAUSE_MS);
}
