import type { AccessAnswer, Grant, Share, ShareLevel, ShareWish } from '@/api/access';

type Action = Grant['action'];

/** Keys of what a grant is called; those with a name hang on another record than the one shown. */
const HERE: Readonly<Record<Grant['grant'], string>> = {
  everything: 'access.by_everything', owner: 'access.by_owner', people: 'access.by_people',
  maker: 'access.by_maker', department: 'access.by_department', team: 'access.by_team',
  share: 'access.by_share', rule: 'access.by_rule',
};

const ACTIONS: Readonly<Record<Action, string>> = {
  read: 'access.read', update: 'access.update', delete: 'access.delete',
};

export function actionKey(action: Action): string {
  return ACTIONS[action];
}

export function grantKey(grant: Grant): string {
  return HERE[grant.grant];
}

/** One reason and the actions that it allows. */
export type Reason = Readonly<{ grant: Grant; actions: readonly Action[] }>;

/** Grants of one cause together: reading and changing mostly come from the same. */
export function reasonsOf(answer: AccessAnswer): readonly Reason[] {
  const found: Reason[] = [];
  for (const grant of answer.grants) {
    const at = found.findIndex(({ grant: known }) => (
      known.grant === grant.grant && known.object === grant.object
      && known.record === grant.record
    ));
    const known = found[at];
    if (known) found[at] = { ...known, actions: [...known.actions, grant.action] };
    else found.push({ grant, actions: [grant.action] });
  }
  return found;
}

export function sees(answer: AccessAnswer): boolean {
  return answer.administrator || answer.grants.some((grant) => grant.action === 'read');
}

const wishOf = ({ principal, level, expires_at }: Share): ShareWish => (
  { principal, level, expires_at }
);

/** The list with one more share; somebody who had one gets the new one instead. */
export function withShare(shares: readonly Share[], wish: ShareWish): readonly ShareWish[] {
  return [...withoutShare(shares, wish.principal), wish];
}

export function withoutShare(shares: readonly Share[], principal: string): readonly ShareWish[] {
  return shares.filter((share) => share.principal !== principal).map(wishOf);
}

export function levelKey(level: ShareLevel): string {
  return level === 'edit' ? 'access.level_edit' : 'access.level_read';
}

export function isOver(share: Pick<Share, 'expires_at'>, now: number): boolean {
  return share.expires_at !== null && Date.parse(share.expires_at) <= now;
}

export type ShareDraft = Readonly<{
  kind: 'user' | 'department'; principal: string | null; level: ShareLevel; expires: string | null;
}>;

/** What is wrong with a share before it is sent, as keys of texts by field. */
export function shareErrors(draft: ShareDraft, now: number): Readonly<Record<string, string>> {
  const errors: Record<string, string> = {};
  if (draft.principal === null) errors.principal = 'access.choose_first';
  if (isOver({ expires_at: draft.expires }, now)) errors.expires_at = 'access.expires_past';
  return errors;
}
