import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { components } from '@/api/schema';

export type CalendarAddress = Readonly<{ path: string | null }>;
export type Itineraries = components['schemas']['Itineraries'];
export type Meeting = Itineraries['meetings'][number];

const PATH = '/dossier/calendar';

export const calendarQuery = queryOptions({
  queryKey: ['dossier', 'calendar'],
  queryFn: ({ signal }) => api.get<CalendarAddress>(PATH, {}, { signal }),
});

export const renewCalendar = () => api.post<CalendarAddress>(PATH);
export const revokeCalendar = () => api.remove<CalendarAddress>(PATH);

export function itinerariesQuery(from: string) {
  return queryOptions({
    queryKey: ['dossier', 'itineraries', from],
    queryFn: ({ signal }) => api.get<Itineraries>('/dossier/itineraries', { from }, { signal }),
  });
}
