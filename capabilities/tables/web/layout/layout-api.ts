import { api } from '@/api/client';
import { createRecord, deleteRecord } from '@/api/records';
import type { RecordRow } from '@/api/types';
import { FOR_ALL, LAYOUT } from '@/records/layout';
import type { Section } from '@/records/layout';
import { shareView } from '../views/views-api';

/** Stores how the pages of an object's records are laid out, for everybody. */
export async function saveLayout(
  object: string, owner: string, stored: RecordRow | undefined, sections: readonly Section[],
): Promise<void> {
  const definition = { sections };
  if (stored) {
    const headers = { 'If-Match': `"${stored.version}"` };
    await api.patch(`/records/view/${stored.id}`, { fields: { definition } }, { headers });
    return;
  }
  const { id } = await createRecord('view', {
    name: LAYOUT, object, kind: LAYOUT, scope: 'locked', owner, definition, default_for: FOR_ALL,
  });
  await shareView(id, 'locked');
}

export function removeLayout(stored: RecordRow): Promise<undefined> {
  return deleteRecord('view', stored.id);
}
