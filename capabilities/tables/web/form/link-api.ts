import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { components } from '@/api/schema';
import type { FieldMeta, QueryAnswer, RecordRow } from '@/api/types';

type Address = components['schemas']['FormAddress'];

export type FormLink = Readonly<{ record: RecordRow; url: string }>;

/** Whoever fills in the form sees plain questions: nothing that names another record. */
const PUBLIC_TYPES = new Set<FieldMeta['type']>([
  'text', 'long_text', 'integer', 'decimal', 'percent', 'money', 'boolean', 'date', 'datetime',
  'select', 'multi_select', 'email', 'phone', 'url', 'rating',
]);

export function isPublic(field: FieldMeta): boolean {
  return PUBLIC_TYPES.has(field.type) && field.unique !== true;
}

/** The public address of a form view; null while there is none. */
export function linkOfView(view: string) {
  return queryOptions({
    queryKey: ['records', 'form_link', 'of', view],
    queryFn: async ({ signal }): Promise<FormLink | null> => {
      const { records: [record] } = await api.ask<QueryAnswer>('/records/form_link/query', {
        select: ['name', 'intro', 'fields', 'daily_limit', 'ends_on'],
        where: { op: 'eq', field: 'view', value: view }, page: { limit: 1 },
      }, { signal });
      if (!record) return null;
      const address = await api.get<Address>(
        `/form-links/${record.id}/address`, undefined, { signal },
      );
      return { record, url: window.location.origin + address.path };
    },
  });
}
