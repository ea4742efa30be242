import type { Fields } from '@/api/types';
import { asText } from '@/fields/widget';

export type TrainingState = 'met' | 'late' | 'planned' | 'open';

function countOf(fields: Fields, name: string): number {
  const value = fields[name];
  return typeof value === 'number' ? value : 0;
}

/** How many people were trained of how many; nobody said how many: null. */
export function trainedOf(fields: Fields): Readonly<{ done: number; people: number | null }> {
  const people = countOf(fields, 'people');
  return { done: countOf(fields, 'people_trained'), people: people > 0 ? people : null };
}

/**
 * Met once as many were trained as needed it, or, where nobody said how many, once a training was
 * held; else late after the day that was wanted.
 */
export function trainingState(fields: Fields, today: string): TrainingState {
  const { done, people } = trainedOf(fields);
  const held = countOf(fields, 'sessions_done');
  if (people === null ? held > 0 : done >= people) return 'met';
  const wanted = asText(fields.wanted_by);
  if (wanted !== '' && wanted < today) return 'late';
  return countOf(fields, 'sessions_planned') > 0 ? 'planned' : 'open';
}
