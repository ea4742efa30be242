import type { Week } from './dossier-api';
import { fieldText } from './dossier-api';

export type Candidate = Week['candidates'][number];
export type City = Readonly<{ city: string; candidates: readonly Candidate[] }>;

/** By city, in the order of the most urgent of each; those without a city come last. */
export function citiesOf(candidates: readonly Candidate[]): readonly City[] {
  const found = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const city = fieldText(candidate.account, 'city');
    const some = found.get(city);
    if (some) some.push(candidate);
    else found.set(city, [candidate]);
  }
  return [...found.entries()].map(([city, some]) => ({ city, candidates: some }))
    .sort((one, other) => Number(one.city === '') - Number(other.city === ''));
}
