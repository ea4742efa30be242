import { recordPath } from '@/records/record-path';
import type { InboxEntry } from './inbox-api';

/** Where an entry leads: a comment to the discussion of its account, anything else to itself. */
export function entryPath({ object, record, account }: InboxEntry): string {
  return object === 'comment' && account !== null
    ? `/accounts/${account.id}?tab=comments` : recordPath(object, record);
}
