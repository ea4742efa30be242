import { useQueryClient } from '@tanstack/react-query';
import { finishedJob } from '@/api/jobs';
import { metaQuery } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import type { FieldMeta, ObjectMeta } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { showToast } from '@/ui/toast';
import {
  changeField, createField, deleteDefinition, deletedQuery, restoreDefinition,
} from './structure-api';
import type { FieldWish, NewField } from './structure-api';

/** Changes of the structure; after each the metadata is read anew, as everybody sees it. */
export function useStructure(object: ObjectMeta) {
  const { t } = useText();
  const client = useQueryClient();
  const name = object.api_name;
  const refresh = async () => {
    await client.invalidateQueries({ queryKey: metaQuery.queryKey, exact: true });
    await client.invalidateQueries({ queryKey: deletedQuery.queryKey });
  };
  const restore = async (field: string | null) => {
    try {
      await restoreDefinition(name, field);
      await refresh();
    } catch (error) {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    }
  };
  return {
    refresh, restore,
    create: async (wish: NewField) => {
      await createField(name, wish);
      await refresh();
    },
    change: async (field: FieldMeta, wish: FieldWish) => {
      const { job } = await changeField(name, field.api_name, wish);
      if (job !== undefined) {
        showToast({ tone: 'info', text: t('structure.converting') });
        const { state } = await finishedJob(job);
        const key = state === 'done' ? 'structure.converted' : 'structure.not_converted';
        showToast({ tone: state === 'done' ? 'success' : 'error', text: t(key) });
      }
      await refresh();
    },
    remove: async (field: string | null, label: string) => {
      await deleteDefinition(name, field);
      await refresh();
      showToast({
        tone: 'info', text: t('structure.deleted', { name: label }),
        action: { label: t('action.undo'), perform: () => void restore(field) },
      });
    },
  };
}
