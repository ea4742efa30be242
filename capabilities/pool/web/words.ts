import { fieldOf, optionLabel, useObjectMeta } from '@/api/meta';
import type { Option } from '@/api/types';
import { useText } from '@/i18n/use-text';
import type { Act, PoolState } from './pool-api';

export const STATES: readonly Exclude<PoolState, 'none'>[] = [
  'candidate', 'requested', 'in_pool', 'watch', 'exited', 'blacklisted',
];

export const ACT_KEYS: Readonly<Record<Act, string>> = {
  nominate: 'pool.nominate', request: 'pool.request', approve: 'pool.approve',
  reject: 'pool.reject', watch: 'pool.to_watch', exit: 'pool.exit', blacklist: 'pool.blacklist',
  lift: 'pool.lift',
};

/** The act that brings an account from its state into another one. */
export function actInto(from: PoolState, into: PoolState): Act | null {
  switch (into) {
    case 'candidate': return from === 'requested' ? 'reject' : 'nominate';
    case 'requested': return 'request';
    case 'in_pool': return 'approve';
    case 'watch': return 'watch';
    case 'exited': return from === 'blacklisted' ? 'lift' : 'exit';
    case 'blacklisted': return 'blacklist';
    case 'none': return null;
  }
}

const NONE: readonly Option[] = [];

/** States and tiers as the workspace calls them. */
export function usePoolWords() {
  const { t, language } = useText();
  const account = useObjectMeta('account');
  const entry = useObjectMeta('pool_entry');
  const tiers = (account && fieldOf(account, 'tier')?.options) ?? NONE;
  const states = (entry && fieldOf(entry, 'state')?.options) ?? NONE;
  const named = (options: readonly Option[], key: string | null) => (
    options.find((one) => one.key === key)
  );
  return {
    t, language, tiers,
    tierName: (key: string | null) => {
      const tier = named(tiers, key);
      return tier ? optionLabel(tier, language) : key ?? t('pool.no_tier');
    },
    stateName: (key: PoolState) => {
      const state = named(states, key);
      return state ? optionLabel(state, language) : t('pool.not_in');
    },
    colourOf: (kind: 'state' | 'tier', key: string | null) => (
      named(kind === 'state' ? states : tiers, key)?.color ?? 'grey'
    ),
  };
}
