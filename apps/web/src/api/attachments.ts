import { queryOptions } from '@tanstack/react-query';
import { api, apiUrl } from './client';
import type { components } from './schema';

export type Attachment = components['schemas']['Attachment'];

const KILOBYTE = 1024;

export const attachmentUrl = (id: string) => apiUrl(`/attachments/${id}`);

/** What is known of a file; it never changes. */
export function attachmentQuery(id: string) {
  return queryOptions({
    queryKey: ['attachments', id],
    queryFn: ({ signal }) => api.get<Attachment>(`/attachments/${id}/about`, {}, { signal }),
    staleTime: Infinity,
  });
}

export function sizeText(bytes: number): string {
  if (bytes < KILOBYTE) return `${String(bytes)} B`;
  const kilobytes = bytes / KILOBYTE;
  return kilobytes < KILOBYTE
    ? `${kilobytes.toFixed(0)} KB` : `${(kilobytes / KILOBYTE).toFixed(1)} MB`;
}
