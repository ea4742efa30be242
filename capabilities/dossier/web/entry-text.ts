import type { TimelineEntry } from './dossier-api';
import { asText } from '@/fields/widget';

export const KINDS = [
  'visit', 'complaint', 'order', 'payment', 'contract', 'opportunity', 'promise', 'task',
  'comment', 'change',
] as const;

/** Our processes in which the customer takes part, by what happens in them. */
export const PROCESSES: Readonly<Record<string, readonly (typeof KINDS)[number][]>> = {
  sell: ['visit', 'opportunity', 'contract', 'promise'],
  deliver: ['order'],
  collect: ['payment'],
  serve: ['complaint'],
  know: ['task', 'comment', 'change'],
};

const TITLES: Readonly<Record<string, readonly string[]>> = {
  visit: ['subject'], complaint: ['number', 'content'], order: ['number'], payment: ['number'],
  contract: ['number', 'name'], opportunity: ['name'], promise: ['content'], task: ['title'],
  comment: ['body'],
};
const DETAILS: Readonly<Record<string, readonly string[]>> = {
  visit: ['outcome', 'progress'], task: ['result'],
};

export function fieldsOf(entry: TimelineEntry): Readonly<Record<string, unknown>> {
  const record = entry.record as Readonly<{ fields?: Readonly<Record<string, unknown>> }>;
  return record.fields ?? {};
}

function texts(entry: TimelineEntry, names: readonly string[] | undefined): string {
  const fields = fieldsOf(entry);
  return (names ?? []).map((name) => asText(fields[name])).filter(Boolean).join(' · ');
}

export function titleOf(entry: TimelineEntry): string {
  return texts(entry, TITLES[entry.kind]);
}

export function detailOf(entry: TimelineEntry): string {
  return texts(entry, DETAILS[entry.kind]);
}

/** Who entered it for whom; nothing where everybody enters for himself. */
export function enteredOf(entry: TimelineEntry): Readonly<{ by: string; manager: string }> | null {
  const fields = fieldsOf(entry);
  const [by, manager] = [asText(fields['entered_by.name']), asText(fields['entered_for.name'])];
  return by === '' || manager === '' ? null : { by, manager };
}

export function amountOf(entry: TimelineEntry): string {
  return asText(fieldsOf(entry).amount);
}

export type CardChange = Readonly<{ field: string; from: unknown; to: unknown }>;

/** What a change of the card changed, and why. */
export function changesOf(entry: TimelineEntry): readonly CardChange[] {
  return (entry.record as Readonly<{ changes?: readonly CardChange[] }>).changes ?? [];
}

export function reasonOf(entry: TimelineEntry): string {
  return asText((entry.record as Readonly<{ reason?: unknown }>).reason);
}
