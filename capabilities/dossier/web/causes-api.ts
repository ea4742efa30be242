import { patchRecord, recordList } from '@/api/records';
import type { RecordRow } from '@/api/types';
import { asText } from '@/fields/widget';

const PAGE = 50;

/** What somebody has to say of a marked change of sales, the earliest due first. */
export function openCauses(owner: string) {
  return recordList('task', {
    select: ['title', 'account', 'account.name', 'due_on', 'evidence'],
    where: { op: 'and', args: [
      { op: 'eq', field: 'kind', value: 'record_cause' },
      { op: 'eq', field: 'state', value: 'open' },
      { op: 'eq', field: 'owner', value: owner },
    ] },
    sort: [{ field: 'due_on', dir: 'asc' }], page: { limit: PAGE },
  });
}

export function recordCause(task: RecordRow, result: string): Promise<unknown> {
  return patchRecord('task', task.id, {
    fields: { state: 'done', result }, base: { state: 'open', result: null },
  });
}

export type SalesChange = Readonly<{
  from: string; to: string; before: string; now: string; share: number | null;
}>;

/** The figures that the task was made with; none where they are not there. */
export function changeOf(task: RecordRow): SalesChange | null {
  const evidence: unknown = task.fields.evidence;
  if (typeof evidence !== 'object' || evidence === null) return null;
  const told = evidence as Readonly<Record<string, unknown>>;
  const [from, to, before, now] = ['from', 'to', 'before', 'now'].map((name) => asText(told[name]));
  if (!from || !to || !before || !now) return null;
  const base = Number(before);
  return { from, to, before, now, share: base === 0 ? null : Number(now) / base - 1 };
}
