import { fromZoned } from '@/lib/dates';
import type { Plan } from './handover-api';
import type { SplitDraft } from './split-form';

/** A handover as it is typed. */
export type Draft = Readonly<{
  from: string; to: string; splits: readonly SplitDraft[]; reason: string;
  later: boolean;
  /** On the clocks of the workspace: "2026-11-21T18:00". */
  at: string;
}>;

export const EMPTY_DRAFT: Draft = {
  from: '', to: '', splits: [], reason: '', later: false, at: '',
};

export function isComplete({ from, to, later, at }: Draft): boolean {
  return from !== '' && to !== '' && (!later || at !== '');
}

export function planOf(draft: Draft, timeZone: string): Plan {
  return {
    from: draft.from, to: draft.to, reason: draft.reason,
    splits: draft.splits.filter(({ to, accounts }) => to !== '' && accounts.length > 0),
    execute_at: draft.later && draft.at !== '' ? fromZoned(`${draft.at}:00`, timeZone) : null,
  };
}
