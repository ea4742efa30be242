import type { MapPerson, Standing } from './map-api';
import { numberOf, textOf } from './map-api';

/** How somebody stands to us, in five steps; unknown where nothing is noted. */
export type Stance = 'champion' | 'supporter' | 'neutral' | 'sceptic' | 'opponent' | 'unknown';

const STRONG = 3;
const BY_ATTITUDE: readonly string[] = ['champion', 'supporter', 'neutral', 'sceptic', 'opponent'];

/** The number holds before the word, as in the findings of the server. */
export function stanceOf(standing: Standing | null): Stance {
  const support = numberOf(standing?.fields, 'support');
  if (support !== null) {
    if (support >= STRONG) return 'champion';
    if (support > 0) return 'supporter';
    if (support === 0) return 'neutral';
    return support <= -STRONG ? 'opponent' : 'sceptic';
  }
  const attitude = textOf(standing?.fields, 'attitude');
  return BY_ATTITUDE.includes(attitude) ? attitude as Stance : 'unknown';
}

export type Age = 'fresh' | 'fading' | 'old';

/** An opinion fades when it is stale, and once more after the same time again. */
export function ageOf(standing: Standing, staleAfter: number): Age {
  if (!standing.stale) return 'fresh';
  const days = standing.age_days;
  return days !== null && days <= 2 * staleAfter ? 'fading' : 'old';
}

export const LAYERS = ['deciding', 'managing', 'operating', ''] as const;
export type Layer = (typeof LAYERS)[number];

/** Whoever has an unknown layer lies in the lane of those without one. */
export function layerOf(person: MapPerson): Layer {
  const layer = textOf(person.fields, 'layer');
  return LAYERS.find((known) => known === layer) ?? '';
}

export const FUNCTIONS = ['user', 'technical', 'finance', 'purchasing', 'other', ''] as const;
export type DepartmentRole = (typeof FUNCTIONS)[number];

export function functionOf(person: MapPerson): DepartmentRole {
  const named = textOf(person.fields, 'function');
  return FUNCTIONS.find((known) => known === named) ?? '';
}

/** Of the layers and functions, those that every customer has. */
export const CORE_LAYERS: readonly Layer[] = ['deciding', 'managing', 'operating'];
export const CORE_FUNCTIONS: readonly DepartmentRole[] = ['user', 'technical', 'finance'];
