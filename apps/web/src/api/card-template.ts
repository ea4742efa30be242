import { queryOptions } from '@tanstack/react-query';
import { api } from './client';
import type { components } from './schema';

export type CardTemplate = components['schemas']['CardTemplate'];

/** What the card of an account asks for, by sector. */
export const cardTemplateQuery = queryOptions({
  queryKey: ['dossier', 'card-template'],
  queryFn: ({ signal }) => api.get<CardTemplate>('/dossier/card-template', {}, { signal }),
  staleTime: Infinity,
});
