import { queryOptions } from '@tanstack/react-query';
import { api } from './client';
import type { components } from './schema';

type Managers = components['schemas']['Managers'];

/** The field that says for whom something was entered; who entered it is the server's to say. */
export const ENTERED_FOR = 'entered_for';

/** For whom this person may enter. */
export const managersQuery = queryOptions({
  queryKey: ['entering', 'managers'],
  queryFn: ({ signal }) => api.get<Managers>('/entering/managers', {}, { signal }),
});
