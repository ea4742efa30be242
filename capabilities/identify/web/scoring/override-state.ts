import type { RecordRow } from '@/api/types';
import { asText } from '@/fields/widget';

/** waiting: not agreed to yet; now: in force; replaced: a later one holds; over: it has ended. */
export type Phase = 'waiting' | 'now' | 'replaced' | 'over';

/** Of an account's overrides the one agreed to last is in force, through its last day. */
export function phasesOf(
  overrides: readonly RecordRow[], today: string,
): ReadonlyMap<string, Phase> {
  const phases = new Map<string, Phase>();
  let holds: RecordRow | null = null;
  for (const one of overrides) {
    const agreed = asText(one.fields.approved_at);
    if (asText(one.fields.expires_on) < today) phases.set(one.id, 'over');
    else if (agreed === '') phases.set(one.id, 'waiting');
    else {
      phases.set(one.id, 'replaced');
      if (!holds || agreed > asText(holds.fields.approved_at)) holds = one;
    }
  }
  if (holds) phases.set(holds.id, 'now');
  return phases;
}

export type OverrideDraft = Readonly<{
  tier: string | null; reason: string; approver: string | null; expires_on: string | null;
}>;

/** What is missing, by field, as keys of texts. */
export function missingOf(draft: OverrideDraft): Readonly<Record<string, string>> {
  const missing: Record<string, string> = {};
  if (draft.tier === null) missing.tier = 'scoring.needs_tier';
  if (draft.reason.trim() === '') missing.reason = 'scoring.needs_reason';
  if (draft.approver === null) missing.approver = 'scoring.needs_approver';
  if (draft.expires_on === null) missing.expires_on = 'scoring.needs_end';
  return missing;
}
