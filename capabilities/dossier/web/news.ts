import type { Inbox, InboxEntry } from './inbox-api';

export type News = Readonly<{
  fresh: readonly InboxEntry[];
  digest: boolean;
  /** What has been told by now, for the next look. */
  told: ReadonlySet<string>;
}>;

/**
 * What is to be said of an inbox after `before` was said: nothing on the first look, nothing that
 * is read, and nothing that is held back until the quiet hours end.
 */
export function newsOf(before: ReadonlySet<string> | null, inbox: Inbox): News {
  const entries = inbox.entries.filter((entry) => !entry.held);
  const digest = inbox.digest?.held === false ? inbox.digest : null;
  const told = new Set([...(before ?? []), ...entries.map(({ id }) => id)]);
  if (digest) told.add(digest.id);
  const isNew = (id: string, read: boolean) => before !== null && !read && !before.has(id);
  return {
    fresh: entries.filter(({ id, read }) => isNew(id, read)),
    digest: digest !== null && isNew(digest.id, digest.read),
    told,
  };
}
