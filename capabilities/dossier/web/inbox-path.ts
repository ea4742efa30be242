import { recordPath } from '@/records/record-path';
import type { InboxEntry } from './inbox-api';

// The part of the account that shows what it is about.
const TABS: Readonly<Record<string, string>> = { comment: 'comments', owner_request: 'access' };

/** Where an entry leads: to a part of its account, anything else to itself. */
export function entryPath({ object, record, account }: InboxEntry): string {
  const tab = TABS[object];
  return tab !== undefined && account !== null
    ? `/accounts/${account.id}?tab=${tab}` : recordPath(object, record);
}
