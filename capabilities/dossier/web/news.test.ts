import { expect, test } from 'vitest';
import type { Inbox, InboxEntry } from './inbox-api';
import { newsOf } from './news';

const entry = (id: string, part: Partial<InboxEntry> = {}): InboxEntry => ({
  id, kind: 'mention', at: '2026-11-20T02:00:00.000Z', object: 'comment', record: id,
  account: null, actor: null, text: id, read: false, held: false, ...part,
});
const inbox = (...entries: readonly InboxEntry[]): Inbox => ({
  entries, digest: null, unread: 0, held: 0, quiet_until: null,
});
const ids = (entries: readonly InboxEntry[]) => entries.map(({ id }) => id);

test('on the first look nothing is news', () => {
  expect(newsOf(null, inbox(entry('a'))).fresh).toEqual([]);
});

test('what comes later is said once, unless it was read', () => {
  const first = newsOf(null, inbox(entry('a')));
  const second = newsOf(first.told, inbox(entry('c', { read: true }), entry('b'), entry('a')));
  expect(ids(second.fresh)).toEqual(['b']);
  expect(newsOf(second.told, inbox(entry('b'), entry('a'))).fresh).toEqual([]);
});

test('what is held is said together once it is not held any more', () => {
  const quiet = inbox(entry('c', { held: true }), entry('b', { held: true }), entry('a'));
  const first = newsOf(null, quiet);
  const second = newsOf(first.told, quiet);
  expect(second.fresh).toEqual([]);
  const third = newsOf(second.told, inbox(entry('c'), entry('b'), entry('a')));
  expect(ids(third.fresh)).toEqual(['c', 'b']);
});

test('a digest is said when it is complete', () => {
  const digest = {
    id: 'digest:2026-11-21', day: '2026-11-21', at: '2026-11-21T00:30:00.000Z', entries: 3,
    read: false, held: false,
  };
  const { told } = newsOf(null, inbox());
  const next = newsOf(told, { ...inbox(), digest });
  expect(next.digest).toBe(true);
  expect(newsOf(next.told, { ...inbox(), digest }).digest).toBe(false);
  expect(newsOf(told, { ...inbox(), digest: { ...digest, held: true } }).digest).toBe(false);
});
