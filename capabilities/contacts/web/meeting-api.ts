import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import { patchRecord, recordById, recordQuery } from '@/api/records';
import type { components } from '@/api/schema';
import type { Fields, RecordRow } from '@/api/types';

type Confirmed = components['schemas']['ConfirmedMeeting'];

const MOST_OPTIONS = 20;
const MOST_PEOPLE = 100;

/** What is read anew when anything of a meeting changed. */
export const meetingParts = [
  ['records', 'buying_meeting'], ['records', 'buying_option'], ['records', 'buying_preference'],
] as const;

export function meetingQuery(id: string) {
  return recordById('buying_meeting', id, [
    'subject', 'account', 'account.name', 'opportunity', 'opportunity.name', 'held_on', 'state',
    'chosen', 'outcome', 'confirmed_on',
  ]);
}

export function optionsOf(meeting: string) {
  return recordQuery('buying_option', {
    select: ['name', 'ours'], where: { op: 'eq', field: 'meeting', value: meeting },
    sort: [{ field: 'created_at' }], page: { limit: MOST_OPTIONS },
  });
}

export function preferencesOf(meeting: string) {
  return recordQuery('buying_preference', {
    select: [
      'contact', 'contact.name', 'contact.title', 'option', 'why', 'interest_organisational',
      'interest_personal',
    ],
    where: { op: 'eq', field: 'meeting', value: meeting },
    sort: [{ field: 'created_at' }], page: { limit: MOST_PEOPLE },
  });
}

/** Those in office, who decide first. */
export function peopleOf(account: string) {
  return queryOptions({
    ...recordQuery('contact', {
      select: ['name', 'title', 'layer'],
      where: { op: 'and', args: [
        { op: 'eq', field: 'account', value: account },
        { op: 'not_in', field: 'status', value: ['left', 'moved', 'retired'] },
      ] },
      sort: [{ field: 'layer', dir: 'asc', nulls: 'last' }, { field: 'name' }],
      page: { limit: MOST_PEOPLE },
    }),
    enabled: account !== '',
  });
}

export function patchMeeting(meeting: RecordRow, fields: Fields): Promise<RecordRow> {
  const base = Object.fromEntries(
    Object.keys(fields).map((name) => [name, meeting.fields[name] ?? null]),
  );
  return patchRecord('buying_meeting', meeting.id, { fields, base });
}

/** What each preferred becomes evidence of how he stands. */
export function confirmMeeting(id: string): Promise<Confirmed> {
  return api.post<Confirmed>(`/contacts/meetings/${id}/confirmation`);
}
