import { queryOptions } from '@tanstack/react-query';
import { api } from './client';
import type { components } from './schema';

type Asked = components['schemas']['CheckInAsked'];

const MOST_ACCURACY = 100_000;
const PATIENCE = { timeout: 10_000, maximumAge: 60_000 };

/** Whether this person is asked to check in at his visits. */
export const checkInQuery = queryOptions({
  queryKey: ['visits', 'check-in'],
  queryFn: ({ signal }) => api.get<Asked>('/visits/check-in', {}, { signal }),
  staleTime: 300_000,
});

/** The browser gives no position: it may not, or it knows none. */
export class NoPosition extends Error {}

function here(): Promise<GeolocationPosition> {
  return new Promise((resolve, reject) => {
    if (!('geolocation' in navigator)) {
      reject(new NoPosition());
      return;
    }
    navigator.geolocation.getCurrentPosition(resolve, () => {
      reject(new NoPosition());
    }, PATIENCE);
  });
}

/** Asks the browser once where it is; more digits than are kept never leave it. */
export async function checkIn(visit: string, decimals: number): Promise<void> {
  const { coords } = await here();
  await api.post(`/visits/${visit}/check-in`, {
    latitude: Number(coords.latitude.toFixed(decimals)),
    longitude: Number(coords.longitude.toFixed(decimals)),
    accuracy: Math.min(Math.ceil(coords.accuracy), MOST_ACCURACY),
  });
}
