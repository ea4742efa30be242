import type { Act, PoolRequest } from '../pool-api';

export type MoveDraft = Readonly<{
  reason: string; tier: string | null; round: string | null; note: string; fast_track: boolean;
  transfers: boolean; from_department: string | null; to_department: string | null;
  amount: string; transfer_note: string;
}>;

export const EMPTY_MOVE: MoveDraft = {
  reason: '', tier: null, round: null, note: '', fast_track: false, transfers: false,
  from_department: null, to_department: null, amount: '', transfer_note: '',
};

/** Who agrees or begins needs no reason; everything else does. */
export function needsReason(act: Act): boolean {
  return act !== 'approve' && act !== 'nominate';
}

export function choosesTier(act: Act): boolean {
  return act === 'request' || act === 'approve';
}

/** What is missing, by field, as keys of texts. */
export function missingOf(draft: MoveDraft, act: Act): Readonly<Record<string, string>> {
  const missing: Record<string, string> = {};
  if (needsReason(act) && draft.reason.trim() === '') missing.reason = 'pool.needs_reason';
  if (act === 'request' && draft.transfers) {
    if (draft.from_department === null) missing.from_department = 'pool.needs_department';
    if (draft.to_department === null) missing.to_department = 'pool.needs_department';
  }
  return missing;
}

const orNull = (text: string) => (text.trim() === '' ? null : text.trim());

/** The body of the request: only what the act takes and what was filled in. */
export function bodyOf(draft: MoveDraft, act: Act): PoolRequest {
  const note = orNull(draft.note);
  const body: PoolRequest = {
    ...(orNull(draft.reason) !== null && { reason: orNull(draft.reason) }),
    ...(choosesTier(act) && draft.tier !== null && { tier: draft.tier }),
    ...(draft.round !== null && { round: draft.round }),
    ...(note !== null && { evidence: { note } }),
  };
  if (act !== 'request') return body;
  return {
    ...body,
    ...(draft.fast_track && { fast_track: true }),
    ...(draft.transfers && {
      transfer: {
        from_department: draft.from_department ?? '', to_department: draft.to_department ?? '',
        ...(orNull(draft.amount) !== null && { amount: orNull(draft.amount) }),
        ...(orNull(draft.transfer_note) !== null && { note: orNull(draft.transfer_note) }),
      },
    }),
  };
}
