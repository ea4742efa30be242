import type { Stance } from './standing';

/** Whole keys, so that each text is found by its name. */
export const STANCE_TEXTS: Readonly<Record<Stance, string>> = {
  champion: 'people_map.stance.champion',
  supporter: 'people_map.stance.supporter',
  neutral: 'people_map.stance.neutral',
  sceptic: 'people_map.stance.sceptic',
  opponent: 'people_map.stance.opponent',
  unknown: 'people_map.stance.unknown',
};

export const GAP_TEXTS: Readonly<Record<string, string>> = {
  no_champion: 'people_map.gap.no_champion',
  decider_uncovered: 'people_map.gap.decider_uncovered',
  decider_unknown: 'people_map.gap.decider_unknown',
  strong_opponent: 'people_map.gap.strong_opponent',
  standing_stale: 'people_map.gap.standing_stale',
  nobody_in_layer: 'people_map.gap.nobody_in',
  nobody_in_function: 'people_map.gap.nobody_in',
};

export const RISK_TEXTS: Readonly<Record<string, string>> = {
  high: 'people_map.risk.high',
  medium: 'people_map.risk.medium',
  low: 'people_map.risk.low',
  unknown: 'people_map.risk.unknown',
};
