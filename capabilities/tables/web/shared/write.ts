import { fieldOf } from '@/api/meta';
import { problemText } from '@/api/problem-text';
import type { Fields, ObjectMeta, RecordRow, Value } from '@/api/types';
import type { Translate } from '@/i18n/use-text';
import { showToast } from '@/ui/toast';
import { askReason } from '../edits/ask-reason';
import { editsOf } from '../edits/edits';
import type { Outcome } from '../edits/edits';

/** Writes some fields of one record, e.g. after it was dragged; undo takes them back together. */
export async function writeFields(
  object: ObjectMeta, record: RecordRow, fields: Fields, t: Translate, names?: Fields,
): Promise<Outcome | null> {
  const changes = Object.entries(fields).flatMap(([field, to]: readonly [string, Value]) => {
    const from = record.fields[field] ?? null;
    if (JSON.stringify(from) === JSON.stringify(to)) return [];
    return [{ id: record.id, field, from, to, names }];
  });
  if (changes.length === 0) return null;
  const important = changes.some(({ field }) => fieldOf(object, field)?.important);
  const reason = important ? await askReason() : undefined;
  if (reason === null) return null;
  const outcome = await editsOf(object.api_name).write(changes, reason);
  if (outcome.first) {
    const text = t('tables.not_saved', { n: 1, text: problemText(outcome.first, t) });
    showToast({ tone: 'error', text });
  }
  return outcome;
}
