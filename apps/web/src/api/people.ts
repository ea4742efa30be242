import { queryOptions } from '@tanstack/react-query';
import type { Language } from '@/i18n/language';
import { api } from './client';
import { patchRecord, recordQuery } from './records';
import type { components } from './schema';
import type { Fields, Filter } from './types';

type Concerns = components['schemas']['Concerns'];
export type Concern = Concerns['concerns'][number];

const MOST_MESSAGES = 100;
const STALE_MS = 5 * 60_000;

/** What each class of people cares about, in the language of the reader. */
export function concernsIn(language: Language) {
  return queryOptions({
    queryKey: ['records', 'person_concern', 'all', language],
    queryFn: ({ signal }) => api.get<Concerns>('/contacts/concerns', {}, { signal }),
    staleTime: STALE_MS,
  });
}

/** What somebody cares about by his layer and by his function, as far as they are known. */
export function concernsOf(concerns: readonly Concern[], person: Fields): readonly Concern[] {
  return concerns.filter((one) => (
    one.class === person.layer || one.class === person.function
  ));
}

/** What is to be said and was not said yet, what is due first. */
export function openMessages(where: Filter) {
  return recordQuery('contact_message', {
    select: [
      'text', 'contact', 'contact.name', 'owner', 'owner.name', 'due_on', 'visit', 'visit.subject',
      'opportunity', 'opportunity.name',
    ],
    where: { op: 'and', args: [{ op: 'empty', field: 'delivered_on' }, where] },
    sort: [{ field: 'due_on', dir: 'asc', nulls: 'last' }], page: { limit: MOST_MESSAGES },
  });
}

/** Notes when a message was said, or that it was not after all. */
export function noteSaid(id: string, day: string | null, before: string | null) {
  return patchRecord('contact_message', id, {
    fields: { delivered_on: day }, base: { delivered_on: before },
  });
}

/** A message that is ticked in a report, and the visit at which it was to be said. */
export type SaidMessage = Readonly<{ id: string; visit: string | null }>;

export function noteSaidAt({ id, visit: planned }: SaidMessage, day: string, visit: string) {
  return patchRecord('contact_message', id, {
    fields: { delivered_on: day, visit }, base: { delivered_on: null, visit: planned },
  });
}
